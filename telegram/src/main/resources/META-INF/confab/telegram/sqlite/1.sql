-- Several bots can share a database; times are milliseconds since 1970.

create table telegram_updates (
    bot integer not null,
    id integer not null,
    chat integer not null,
    topic integer not null, -- 0 where there are none
    received_at integer not null,
    progress text not null, -- WAITING, SENDING or DONE
    open_message integer not null, -- 0 if there is none
    body text not null, -- JSON; empty once it is done
    primary key (bot, id)
) strict;
create index telegram_updates_unfinished on telegram_updates (bot, id) where progress <> 'DONE';
create index telegram_updates_received on telegram_updates (received_at);

create table telegram_chats (
    bot integer not null,
    chat integer not null,
    topic integer not null,
    transcript text not null, -- JSON, or empty
    details text not null, -- JSON: settings and the latest exchanges
    blocked integer not null, -- 1 or 0
    primary key (bot, chat, topic)
) strict;
