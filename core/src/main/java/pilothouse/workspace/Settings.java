package pilothouse.workspace;

/// This machine's taste and limits. What belongs to the work is in the store instead.
///
/// @param target        where a prompt is sent that names no target, such as `local/smollm2-135m`
/// @param theme         `system`, `light` or `dark`
/// @param engineThreads threads of the local engine; 0: as many as it finds best
public record Settings(String target, String theme, int engineThreads) {
    public static final Settings STANDARD = new Settings("local/smollm2-135m", "system", 0);
}
