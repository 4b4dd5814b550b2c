comment on column prompt_version.message is 'the journal may have transactions of several records';
