-- Conversations that everybody may read who knows a token; what messages have besides their texts.

alter table conversations add column share_token text;
create unique index conversations_shared on conversations (share_token) where share_token is not null;

alter table messages add column additions text; -- JSON, null for nothing
