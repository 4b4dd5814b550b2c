package pilothouse.kills;

/// What is killed.
///
/// Each has its share of the kills; saving is what users do most.
enum Phases {
    SAVE(new SavePhase(), 8),
    LABEL(new LabelPhase(), 3),
    RUN(new RunPhase(), 3),
    MIGRATION(new MigrationPhase(), 3),
    BACKUP(new BackupPhase(), 3),
    IMPORT(new ImportPhase(), 3),
    COMPACTION(new CompactionPhase(), 3),
    REPAIR(new RepairPhase(), 2),
    ERASURE(new ErasurePhase(), 2);

    private final Phase phase;
    private final int share;

    Phases(Phase phase, int share) {
        this.phase = phase;
        this.share = share;
    }

    Phase phase() {
        return phase;
    }

    int share() {
        return share;
    }
}
