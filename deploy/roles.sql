-- The roles of the register in PostgreSQL. As its superuser: psql --file deploy/roles.sql
-- depositary owns the tables and changes their form (`depositary migrate`); depositary_desk reads and writes, and cannot
-- take away what refuses changes; depositary_public reads the public tables. Who may be which: pg_ident.conf (docs/operate.md).
CREATE ROLE depositary LOGIN;
CREATE ROLE depositary_desk LOGIN;
CREATE ROLE depositary_public LOGIN;
CREATE DATABASE depositary OWNER depositary ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE depositary FROM PUBLIC;
GRANT CONNECT ON DATABASE depositary TO depositary_desk, depositary_public;
\connect depositary
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO depositary;
