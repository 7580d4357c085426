/** Two models of one relation, on PostgreSQL. */
export const BLOG_SCHEMA = `datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id
  name  String
  posts Post[]
}

model Post {
  id       Int    @id
  title    String
  authorId Int
  author   User   @relation(fields: [authorId], references: [id])
}
`;
