create table if not exists feedback (
    sequence bigint generated always as identity primary key,
    run_sequence bigint not null,
    rating varchar(10) not null,
    note varchar(10000) not null,
    member varchar(200) not null,
    given_at bigint not null);
create index if not exists feedback_of_run on feedback(run_sequence, sequence);
create index if not exists feedback_by_rating on feedback(rating, run_sequence, sequence);
create index if not exists feedback_by_member on feedback(member);
