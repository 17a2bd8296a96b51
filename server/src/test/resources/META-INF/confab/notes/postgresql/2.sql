alter table notes add column stars integer not null default 5;
