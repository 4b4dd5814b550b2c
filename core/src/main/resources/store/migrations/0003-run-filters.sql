create index if not exists run_by_prompt on run(prompt, sequence, version, target, result);
create index if not exists run_by_target on run(target, sequence, result);
create index if not exists run_by_result on run(result, sequence, prompt, version, target);
drop index if exists run_prompt;
drop index if exists run_started;
