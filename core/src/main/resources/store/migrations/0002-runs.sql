create table if not exists run (
    sequence bigint generated always as identity primary key,
    id uuid not null unique,
    prompt uuid,
    version int not null,
    target varchar(1000) not null,
    result varchar(40) not null,
    started_at bigint not null,
    record clob not null);
create index if not exists run_prompt on run(prompt, sequence);
create index if not exists run_started on run(started_at);
