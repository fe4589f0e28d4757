-- For what a mandate has the client on hq: 0 tail, 1 overflow; null elsewhere, and where a row is older than this.
alter table client_place add column hq_for integer;

-- Whose event was refused: it is erased with him. Empty where it does not say; null where a row is older than this.
alter table dead_letter add column subject text;
create index dead_letter_subject on dead_letter (subject);
