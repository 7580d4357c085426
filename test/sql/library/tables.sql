CREATE TABLE "authors" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "email" TEXT NOT NULL UNIQUE, "name" TEXT, "role" TEXT NOT NULL DEFAULT 'READER',
  "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, "mentorId" INTEGER REFERENCES "authors" ("id")
);
CREATE TABLE "Profile" ("id" TEXT NOT NULL PRIMARY KEY, "bio" TEXT NOT NULL, "authorId" INTEGER NOT NULL UNIQUE REFERENCES "authors" ("id"));
CREATE TABLE "books" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "isbn" TEXT NOT NULL UNIQUE, "book_title" TEXT NOT NULL, "price" DECIMAL NOT NULL, "rating" REAL,
  "pages" BIGINT NOT NULL, "extra" JSONB, "cover" BLOB, "published" BOOLEAN NOT NULL DEFAULT false, "authorId" INTEGER NOT NULL REFERENCES "authors" ("id")
);
CREATE UNIQUE INDEX "byTitle" ON "books" ("authorId", "book_title");
CREATE TABLE "Tag" ("id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL UNIQUE);
CREATE TABLE "_BookToTag" ("A" INTEGER NOT NULL REFERENCES "books" ("id"), "B" INTEGER NOT NULL REFERENCES "Tag" ("id"));
CREATE UNIQUE INDEX "_BookToTag_AB_unique" ON "_BookToTag" ("A", "B");
CREATE INDEX "_BookToTag_B_index" ON "_BookToTag" ("B");
CREATE TABLE "Review" (
  "bookId" INTEGER NOT NULL REFERENCES "books" ("id"), "authorId" INTEGER NOT NULL REFERENCES "authors" ("id"), "stars" INTEGER NOT NULL, "text" TEXT,
  PRIMARY KEY ("bookId", "authorId")
);
INSERT INTO "authors" ("id", "email", "name", "mentorId") VALUES (1, 'ada@example.org', 'Ada', NULL), (2, 'ben@example.org', NULL, 1), (3, 'cy@example.org', 'Cy', 1);
INSERT INTO "Profile" VALUES ('p1', 'Writes.', 1), ('p2', 'Reads.', 2);
INSERT INTO "books" VALUES (1, 'i1', 'First', 9.5, 4.5, 320, NULL, NULL, 1, 1), (2, 'i2', 'Second', 12, NULL, 90, NULL, NULL, 0, 1), (3, 'i3', 'Third', 7, 3, 200, NULL, NULL, 1, 2);
INSERT INTO "Tag" VALUES (1, 'prose'), (2, 'maths');
INSERT INTO "_BookToTag" VALUES (1, 1), (1, 2), (2, 2), (3, 1);
INSERT INTO "Review" VALUES (1, 2, 5, 'Good.'), (1, 3, 4, NULL), (3, 1, 2, 'Thin.');
