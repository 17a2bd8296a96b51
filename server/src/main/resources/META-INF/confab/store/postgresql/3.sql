-- As for SQLite.

alter table conversations add column share_token text collate "C";
create unique index conversations_shared on conversations (share_token) where share_token is not null;

alter table messages add column additions text collate "C"; -- JSON, null for nothing
