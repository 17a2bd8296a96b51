-- As for SQLite, with the order of the collation "C", which is that of Java for all usual characters.

create table conversations (
    key bigint generated always as identity primary key,
    owner text collate "C" not null,
    id text collate "C" not null,
    title text collate "C" not null,
    search_title text collate "C" not null, -- lower-cased by Java, as each database does it in another way
    settings text collate "C" not null, -- JSON
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint, -- it can be restored for a while from then on
    unique (owner, id)
);
create index conversations_listed on conversations (owner, updated_at desc, id desc) where deleted_at is null;
create index conversations_deleted on conversations (deleted_at) where deleted_at is not null;
create index conversations_updated on conversations (updated_at);

create table messages (
    conversation bigint not null references conversations (key) on delete cascade,
    id text collate "C" not null,
    position bigint not null, -- in the order in which they were added
    parent text collate "C" not null, -- empty for first messages
    role text collate "C" not null,
    text text collate "C" not null,
    search_text text collate "C" not null,
    sent_at bigint not null,
    state text collate "C" not null,
    error text collate "C",
    event text collate "C",
    seconds_to_first double precision,
    per_second double precision,
    unit text collate "C",
    feedback_option text collate "C",
    feedback_comment text collate "C",
    feedback_at bigint,
    primary key (conversation, id)
);
create index messages_children on messages (conversation, parent);
create index messages_sent on messages (sent_at) where role = 'ASSISTANT';
create index messages_rated on messages (feedback_at) where feedback_option is not null;

create table choices (
    conversation bigint not null references conversations (key) on delete cascade,
    parent text collate "C" not null,
    child text collate "C" not null,
    primary key (conversation, parent)
);

create table users (
    name text collate "C" primary key,
    role text collate "C" not null,
    password text collate "C" not null, -- hashed: Passwords
    created_at bigint not null
);

create table logins (
    token text collate "C" primary key, -- hashed: Tokens
    user_name text collate "C" not null references users (name) on delete cascade,
    expires_at bigint not null
);
create index logins_user on logins (user_name);

create table api_keys (
    id text collate "C" primary key,
    token text collate "C" not null unique, -- hashed: Tokens
    name text collate "C" not null,
    created_at bigint not null,
    used_at bigint,
    revoked_at bigint
);
