create index if not exists run_prompt_version on run(prompt, version, sequence);
create index if not exists run_prompt_result on run(prompt, result, sequence);
create index if not exists run_target on run(target, sequence);
create index if not exists run_target_result on run(target, result, sequence);
create index if not exists run_result on run(result, sequence);
drop index if exists run_started;
