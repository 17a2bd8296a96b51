-- Several bots can share a database; times are milliseconds since 1970.

create table telegram_updates (
    bot bigint not null,
    id bigint not null,
    chat bigint not null,
    topic bigint not null, -- 0 where there are none
    received_at bigint not null,
    progress text not null, -- WAITING, SENDING or DONE
    open_message bigint not null, -- 0 if there is none
    body text not null, -- JSON; empty once it is done
    primary key (bot, id)
);
create index telegram_updates_unfinished on telegram_updates (bot, id) where progress <> 'DONE';
create index telegram_updates_received on telegram_updates (received_at);

create table telegram_chats (
    bot bigint not null,
    chat bigint not null,
    topic bigint not null,
    transcript text not null, -- JSON, or empty
    details text not null, -- JSON: settings and the latest exchanges
    blocked bigint not null, -- 1 or 0
    primary key (bot, chat, topic)
);
