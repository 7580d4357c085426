/** The schema an example is read against when it brings none: a small shop and its blog, on PostgreSQL, foreign keys indexed. */
export const DEFAULT_SCHEMA = `datasource db {
  provider = "postgresql"
}

generator client {
  provider = "prisma-client-js"
}

enum OrderStatus {
  PENDING
  PAID
  SHIPPED
  CANCELLED
}

model User {
  id        Int       @id @default(autoincrement())
  email     String    @unique
  name      String?
  bio       String?
  avatar    Bytes?
  settings  Json?
  role      String    @default("customer")
  createdAt DateTime  @default(now())
  countryId Int?
  country   Country?  @relation(fields: [countryId], references: [id])
  profile   Profile?
  posts     Post[]
  comments  Comment[]
  orders    Order[]

  @@index([countryId])
  @@index([createdAt])
}

model Profile {
  id     Int    @id @default(autoincrement())
  userId Int    @unique
  user   User   @relation(fields: [userId], references: [id])
  about  String
}

model Country {
  id    Int    @id @default(autoincrement())
  code  String @unique
  name  String
  users User[]
}

model Post {
  id        Int       @id @default(autoincrement())
  title     String
  content   String?
  meta      Json?
  published Boolean   @default(false)
  views     Int       @default(0)
  createdAt DateTime  @default(now())
  updatedAt DateTime  @updatedAt
  authorId  Int
  author    User      @relation(fields: [authorId], references: [id])
  comments  Comment[]
  tags      Tag[]

  @@index([authorId])
  @@index([createdAt])
}

model Tag {
  id    Int    @id @default(autoincrement())
  name  String @unique
  posts Post[]
}

model Comment {
  id        Int      @id @default(autoincrement())
  text      String
  createdAt DateTime @default(now())
  postId    Int
  post      Post     @relation(fields: [postId], references: [id])
  authorId  Int
  author    User     @relation(fields: [authorId], references: [id])

  @@index([postId])
  @@index([authorId])
}

model Category {
  id       Int       @id @default(autoincrement())
  name     String    @unique
  products Product[]
}

model Product {
  id          Int         @id @default(autoincrement())
  sku         String      @unique
  name        String
  description String?
  image       Bytes?
  price       Decimal
  stock       Int         @default(0)
  createdAt   DateTime    @default(now())
  categoryId  Int?
  category    Category?   @relation(fields: [categoryId], references: [id])
  items       OrderItem[]
  reviews     Review[]

  @@index([categoryId])
  @@index([createdAt])
}

model Review {
  id        Int      @id @default(autoincrement())
  rating    Int
  text      String
  createdAt DateTime @default(now())
  productId Int
  product   Product  @relation(fields: [productId], references: [id])

  @@index([productId])
}

model Order {
  id        Int         @id @default(autoincrement())
  number    String      @unique
  status    OrderStatus @default(PENDING)
  total     Decimal
  note      String?
  createdAt DateTime    @default(now())
  userId    Int
  user      User        @relation(fields: [userId], references: [id])
  items     OrderItem[]

  @@index([userId])
  @@index([status])
  @@index([createdAt])
}

model OrderItem {
  id        Int     @id @default(autoincrement())
  quantity  Int
  price     Decimal
  orderId   Int
  order     Order   @relation(fields: [orderId], references: [id])
  productId Int
  product   Product @relation(fields: [productId], references: [id])

  @@index([orderId])
  @@index([productId])
}
`;

/** Appended to an example's schema that has models only. */
export const DEFAULT_DATASOURCE = `
datasource db {
  provider = "postgresql"
}
`;
