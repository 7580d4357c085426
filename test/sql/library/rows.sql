INSERT INTO "authors" ("email", "name", "mentorId") VALUES ('ada@example.org', 'Ada', NULL), ('ben@example.org', NULL, 1), ('cy@example.org', 'Cy', 1);
INSERT INTO "Profile" VALUES ('p1', 'Writes.', 1), ('p2', 'Reads.', 2);
INSERT INTO "books" ("isbn", "book_title", "price", "rating", "pages", "published", "authorId")
VALUES ('i1', 'First', 9.5, 4.5, 320, true, 1), ('i2', 'Second', 12, NULL, 90, false, 1), ('i3', 'Third', 7, 3, 200, true, 2);
INSERT INTO "Tag" ("name") VALUES ('prose'), ('maths');
INSERT INTO "_BookToTag" VALUES (1, 1), (1, 2), (2, 2), (3, 1);
INSERT INTO "Review" VALUES (1, 2, 5, 'Good.'), (1, 3, 4, NULL), (3, 1, 2, 'Thin.');
