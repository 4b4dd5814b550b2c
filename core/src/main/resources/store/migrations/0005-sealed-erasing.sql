comment on column prompt_version.message is 'of a version of which something was erased: (erased) and the seal of what is left';
comment on table store_position is 'the journal may have erased records, and transactions of several records';
