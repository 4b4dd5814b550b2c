create table if not exists value_set (
    id uuid primary key,
    prompt uuid not null references prompt(id),
    name varchar(100) collate "C" not null,
    change int not null,
    filled text not null,
    saved_by varchar(200) not null,
    saved_at varchar(40) not null);
create unique index if not exists value_set_name on value_set(prompt, name);
