-- What was counted in an hour and is not in the conversations: Tallies.
create table tallies (
    hour bigint not null, -- hours since 1970
    name text collate "C" not null,
    total bigint not null,
    primary key (hour, name)
);
