package pilothouse.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import pilothouse.local.CacheFolder;
import pilothouse.local.Hardware;
import pilothouse.local.ModelEncoders;
import pilothouse.local.ModelFile;
import pilothouse.local.ModelLibrary;
import pilothouse.local.NativeLibraries;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says what is installed, found and missing. Needs no workspace to be open, so that it works when
/// opening it does not.
@Command(name = "doctor", description = "Say what is installed, found, missing; --bundle writes a redacted report for support.")
public final class DoctorCommand implements Callable<Integer> {
    private static final int JAVA = 25;
    private static final double GIGABYTE = 1e9;
    private static final long LITTLE_DISK = 1L << 30;

    private final Console console;
    private final Path home;
    private final Supplier<Path> standardFolder;

    @Option(names = "--bundle", paramLabel = "FILE", description = "Write a zip with this report, settings and logs, secrets and names removed.")
    private Path bundle;

    @Spec
    private CommandSpec spec;

    /// One thing looked at.
    ///
    /// @param remedy what to do if it is not well; empty if it is
    record Finding(String about, boolean well, String found, String remedy) {}

    /// @param home           the program's root
    /// @param standardFolder of the workspace, if no other is asked for
    public DoctorCommand(Console console, Path home, Supplier<Path> standardFolder) {
        this.console = console;
        this.home = home;
        this.standardFolder = standardFolder;
    }

    @Override
    public Integer call() {
        var workspace = ((PilothouseCommand) spec.root().userObject()).workspace().orElseGet(standardFolder);
        var findings = findings(workspace);
        if (console.json()) console.jsonLine(findings);
        else findings.forEach(this::show);
        if (bundle != null) {
            var file = console.terminal().resolve(bundle);
            SupportBundle.write(file, workspace, findings);
            console.notice("Wrote " + file + ": look into it before you send it.");
        }
        return (findings.stream().allMatch(Finding::well) ? ExitCode.OK : ExitCode.PROBLEM).code();
    }

    private void show(Finding finding) {
        console.line((finding.well() ? console.styled("32", "✓ ") : console.styled("31", "✗ ")) + console.bold(finding.about()) + "  " + finding.found());
        if (!finding.remedy().isEmpty()) console.line("    " + finding.remedy());
    }

    private List<Finding> findings(Path workspace) {
        var findings = new ArrayList<Finding>();
        findings.add(new Finding("Pilothouse", true, Version.text(), ""));
        findings.add(java());
        var hardware = Hardware.ofThisMachine();
        findings.add(new Finding("Processor", true, hardware.processor() + ", " + hardware.cores() + " cores, "
                + (hardware.vectorUnits().isEmpty() ? "vector units not known" : String.join(" ", hardware.vectorUnits())), ""));
        findings.add(new Finding("Memory", true, "%.1f GB, %.1f GB free".formatted(hardware.memoryBytes() / GIGABYTE,
                hardware.availableBytes() / GIGABYTE), ""));
        findings.add(new Finding("GPU", true, hardware.gpus().isEmpty() ? "none found: models run on the processor"
                : String.join(", ", hardware.gpus()), ""));
        findings.add(checked("Native libraries", this::natives));
        findings.add(checked("Models", () -> models(workspace)));
        findings.add(checked("Workspace", () -> folder(workspace)));
        return findings;
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return new Finding("Java", feature >= JAVA, Runtime.version() + ", " + System.getProperty("java.home"),
                feature >= JAVA ? "" : "Install a JDK 25.");
    }

    private interface Check {
        Finding look() throws IOException;
    }

    private static Finding checked(String about, Check check) {
        try {
            return check.look();
        } catch (ProblemException | IOException e) {
            var problem = Problem.of(e);
            return new Finding(about, false, problem.what() + (problem.where().isEmpty() ? "" : " [" + problem.where() + "]"), problem.remedy());
        }
    }

    private Finding natives() {
        var libraries = NativeLibraries.onClassPath(CacheFolder.ofUser());
        return new Finding("Native libraries", true, "%s, %.0f MB in %s".formatted(libraries.areUnpacked() ? "unpacked"
                : "not unpacked yet: the first use does it", libraries.bytes() / 1e6, libraries.folder()), "");
    }

    private Finding models(Path workspace) {
        var library = new ModelLibrary(home, workspace.resolve("models"));
        var encoders = new ModelEncoders(library);
        library.list().forEach(encoders::of); // a broken file says so
        boolean embedded = library.list().stream().anyMatch(ModelFile::embedded);
        return new Finding("Models", embedded, String.join(", ", library.list().stream().map(ModelFile::name).toList()),
                embedded ? "" : "The embedded model's file is missing in " + home + ": unpack or clone the program again.");
    }

    private static Finding folder(Path workspace) throws IOException {
        var existing = Optional.of(workspace);
        while (existing.isPresent() && !Files.exists(existing.get())) existing = existing.map(Path::getParent);
        var folder = existing.orElse(workspace);
        long free = Files.getFileStore(folder).getUsableSpace();
        boolean writable = Files.isWritable(folder);
        return new Finding("Workspace", writable && free > LITTLE_DISK, workspace + (Files.exists(workspace) ? "" : ", not made yet")
                + ", %.1f GB free".formatted(free / GIGABYTE), !writable ? "Change its permissions, or choose another with --workspace DIR."
                : free > LITTLE_DISK ? "" : "Make room on this disk.");
    }
}
