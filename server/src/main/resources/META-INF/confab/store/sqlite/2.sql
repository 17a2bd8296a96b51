-- What was counted in an hour and is not in the conversations: Tallies.
create table tallies (
    hour integer not null, -- hours since 1970
    name text not null,
    total integer not null,
    primary key (hour, name)
) strict, without rowid;
