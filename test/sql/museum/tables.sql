CREATE SCHEMA "people";
CREATE SCHEMA "works";
CREATE TYPE "people"."rank" AS ENUM ('junior', 'senior', 'HEAD');
CREATE TYPE "works"."Material" AS ENUM ('OIL', 'stone, any');
CREATE TABLE "people"."curators" (
  "id" UUID PRIMARY KEY, "badge" INTEGER NOT NULL UNIQUE, "full_name" VARCHAR(80) NOT NULL,
  "rank" "people"."rank" NOT NULL DEFAULT 'junior', "formerly" "people"."rank"[], "tags" TEXT[], "scores" INTEGER[],
  "settings" JSONB NOT NULL DEFAULT '{}', "salary" DECIMAL(10,2), "hours" DOUBLE PRECISION, "visits" BIGINT NOT NULL DEFAULT 0, "photo" BYTEA,
  "born" DATE, "joined_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL,
  "mentorId" UUID REFERENCES "people"."curators" ("id"), UNIQUE ("full_name", "badge")
);
CREATE TABLE "people"."Card" (
  "curatorId" UUID PRIMARY KEY REFERENCES "people"."curators" ("id") ON DELETE CASCADE, "code" TEXT NOT NULL UNIQUE
);
CREATE TABLE "people"."_friends" (
  "A" UUID NOT NULL REFERENCES "people"."curators" ("id") ON DELETE CASCADE, "B" UUID NOT NULL REFERENCES "people"."curators" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("A", "B")
);
CREATE TABLE "works"."Hall" ("wing" TEXT NOT NULL, "number" INTEGER NOT NULL, "title" TEXT, PRIMARY KEY ("wing", "number"));
CREATE TABLE "works"."works" (
  "id" SERIAL PRIMARY KEY, "code" TEXT NOT NULL UNIQUE, "work_title" TEXT NOT NULL, "material" "works"."Material", "others" "works"."Material"[],
  "details" JSONB, "price" DECIMAL(65,30) NOT NULL, "wing" TEXT, "number" INTEGER, "curatorId" UUID REFERENCES "people"."curators" ("id"),
  "deletedAt" TIMESTAMPTZ(6), FOREIGN KEY ("wing", "number") REFERENCES "works"."Hall" ("wing", "number")
);
CREATE TABLE "works"."Theme" ("id" SERIAL PRIMARY KEY, "name" TEXT NOT NULL UNIQUE, "parentId" INTEGER REFERENCES "works"."Theme" ("id"));
CREATE TABLE "works"."_ThemeToWork" (
  "A" INTEGER NOT NULL REFERENCES "works"."Theme" ("id") ON DELETE CASCADE, "B" INTEGER NOT NULL REFERENCES "works"."works" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("A", "B")
);
CREATE TABLE "works"."Exhibition" ("id" BIGSERIAL PRIMARY KEY, "slug" TEXT NOT NULL UNIQUE, "opensAt" TIMESTAMPTZ(6));
CREATE TABLE "works"."Showing" (
  "workId" INTEGER NOT NULL REFERENCES "works"."works" ("id"), "exhibitionId" BIGINT NOT NULL REFERENCES "works"."Exhibition" ("id"),
  "position" INTEGER NOT NULL, "note" TEXT, PRIMARY KEY ("workId", "exhibitionId"), UNIQUE ("exhibitionId", "position")
);
INSERT INTO "people"."curators" ("id", "badge", "full_name", "rank", "formerly", "tags", "scores", "salary", "updatedAt", "mentorId") VALUES
  ('00000000-0000-4000-8000-000000000001', 1, 'Ida', 'HEAD', '{junior,senior}', '{oil,stone}', '{1,2}', 100, now(), NULL),
  ('00000000-0000-4000-8000-000000000002', 2, 'Max', 'senior', '{}', '{oil}', '{}', NULL, now(), '00000000-0000-4000-8000-000000000001'),
  ('00000000-0000-4000-8000-000000000003', 3, 'Noa', 'junior', '{}', '{}', '{3}', 20, now(), '00000000-0000-4000-8000-000000000001');
INSERT INTO "people"."Card" VALUES ('00000000-0000-4000-8000-000000000001', 'c1'), ('00000000-0000-4000-8000-000000000002', 'c2');
INSERT INTO "people"."_friends" VALUES ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002');
INSERT INTO "works"."Hall" VALUES ('east', 1, 'Stone'), ('east', 2, NULL), ('west', 1, 'Oil');
INSERT INTO "works"."works" ("code", "work_title", "material", "others", "details", "price", "wing", "number", "curatorId") VALUES
  ('w1', 'Sea', 'OIL', '{}', '{"year":1901,"tags":["sea","blue"]}', 10.5, 'west', 1, '00000000-0000-4000-8000-000000000001'),
  ('w2', 'Bust', 'stone, any', '{OIL}', NULL, 20, 'east', 1, '00000000-0000-4000-8000-000000000001'),
  ('w3', 'Lost', NULL, '{}', '{"year":1955}', 0, NULL, NULL, '00000000-0000-4000-8000-000000000002'),
  ('w4', 'Moon', 'OIL', '{}', NULL, 7, 'west', 1, NULL);
INSERT INTO "works"."Theme" ("name", "parentId") VALUES ('nature', NULL), ('water', 1), ('people', NULL);
INSERT INTO "works"."_ThemeToWork" VALUES (1, 1), (2, 1), (3, 2);
INSERT INTO "works"."Exhibition" ("slug", "opensAt") VALUES ('spring', now()), ('autumn', NULL);
INSERT INTO "works"."Showing" VALUES (1, 1, 1, 'first'), (2, 1, 2, NULL), (1, 2, 1, NULL);
