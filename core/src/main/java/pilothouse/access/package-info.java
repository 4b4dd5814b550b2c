/// Who may do what, and the record of who did. [pilothouse.access.Member] is a person;
/// [pilothouse.access.AuditJournal] puts what they do into the store's journal.
package pilothouse.access;
