-- All times are microseconds since 1970. How texts are escaped: StoredText.

create table conversations (
    key integer primary key,
    owner text not null,
    id text not null,
    title text not null,
    search_title text not null, -- lower-cased by Java, as each database does it in another way
    settings text not null, -- JSON
    created_at integer not null,
    updated_at integer not null,
    deleted_at integer, -- it can be restored for a while from then on
    unique (owner, id)
) strict;
create index conversations_listed on conversations (owner, updated_at desc, id desc) where deleted_at is null;
create index conversations_deleted on conversations (deleted_at) where deleted_at is not null;
create index conversations_updated on conversations (updated_at);

create table messages (
    conversation integer not null references conversations (key) on delete cascade,
    id text not null,
    position integer not null, -- in the order in which they were added
    parent text not null, -- empty for first messages
    role text not null,
    text text not null,
    search_text text not null,
    sent_at integer not null,
    state text not null,
    error text,
    event text,
    seconds_to_first real,
    per_second real,
    unit text,
    feedback_option text,
    feedback_comment text,
    feedback_at integer,
    primary key (conversation, id)
) strict, without rowid;
create index messages_children on messages (conversation, parent);
create index messages_sent on messages (sent_at) where role = 'ASSISTANT';
create index messages_rated on messages (feedback_at) where feedback_option is not null;

create table choices (
    conversation integer not null references conversations (key) on delete cascade,
    parent text not null,
    child text not null,
    primary key (conversation, parent)
) strict, without rowid;

create table users (
    name text primary key,
    role text not null,
    password text not null, -- hashed: Passwords
    created_at integer not null
) strict, without rowid;

create table logins (
    token text primary key, -- hashed: Tokens
    user_name text not null references users (name) on delete cascade,
    expires_at integer not null
) strict, without rowid;
create index logins_user on logins (user_name);

create table api_keys (
    id text primary key,
    token text not null unique, -- hashed: Tokens
    name text not null,
    created_at integer not null,
    used_at integer,
    revoked_at integer
) strict, without rowid;
