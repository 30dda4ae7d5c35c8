CREATE TABLE orders (id serial PRIMARY KEY, customer text NOT NULL, apples int NOT NULL)
INSERT INTO orders (customer, apples) SELECT 'customer ' || n % 7, n % 50 FROM generate_series(1, 1000) n
ANALYZE orders
