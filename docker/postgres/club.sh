#!/bin/sh
# Runs once, when the database server begins on an empty volume: the club gets a role and a database
# of its own, so that it never is the server's superuser.
set -eu

# The password is read by psql itself: as an argument, any process could see it.
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\getenv password CLUB_DATABASE_PASSWORD
CREATE ROLE casino_club LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE casino_club OWNER casino_club;
REVOKE ALL ON DATABASE casino_club FROM PUBLIC;
SQL
