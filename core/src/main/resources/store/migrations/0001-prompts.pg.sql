create table if not exists prompt (
    id uuid primary key,
    name varchar(300) collate "C" not null,
    created_at varchar(40) not null,
    created_by varchar(200) not null,
    archived boolean not null);
create unique index if not exists prompt_name on prompt(name);
create table if not exists prompt_version (
    prompt uuid not null references prompt(id),
    number int not null,
    branch varchar(100) collate "C" not null,
    parents varchar(1000) not null,
    text text not null,
    text_hash char(64) not null,
    pins text not null,
    message text not null,
    author varchar(200) not null,
    saved_at varchar(40) not null,
    hash char(64) not null,
    primary key (prompt, number));
create index if not exists prompt_version_branch on prompt_version(prompt, branch, number);
create table if not exists label_move (
    prompt uuid not null references prompt(id),
    label varchar(100) collate "C" not null,
    move int not null,
    from_version int not null,
    to_version int not null,
    moved_by varchar(200) not null,
    moved_at varchar(40) not null,
    primary key (prompt, label, move));
create table if not exists reference (
    from_kind varchar(40) collate "C" not null,
    from_id varchar(200) collate "C" not null,
    to_prompt uuid not null,
    to_version int not null,
    primary key (from_kind, from_id, to_prompt, to_version));
create index if not exists reference_to on reference(to_prompt, to_version);
