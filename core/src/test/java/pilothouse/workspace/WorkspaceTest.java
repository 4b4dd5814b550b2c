package pilothouse.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pilothouse.connectors.Network;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptStore;
import pilothouse.store.ChildProcess;

class WorkspaceTest {
    @TempDir
    Path folder;

    @Test
    void givenNoFolder_itIsMadeForItsOwnerOnly() throws Exception {
        var workspace = Workspace.open(folder.resolve("a/b"));
        assertThat(workspace.drafts()).isDirectory();
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.folder()))).isEqualTo("rwx------");
    }

    @Test
    void givenAPlatform_theStandardFolderIsItsOwn() {
        var home = folder;
        assertThat(Workspace.standardFolder("Linux", Map.of(), home)).isEqualTo(home.resolve(".local/share/pilothouse"));
        assertThat(Workspace.standardFolder("Linux", Map.of("XDG_DATA_HOME", "relative"), home)).startsWithRaw(home);
        assertThat(Workspace.standardFolder("Linux", Map.of("XDG_DATA_HOME", folder.resolve("x").toString()), home))
                .isEqualTo(folder.resolve("x/pilothouse"));
        assertThat(Workspace.standardFolder("Mac OS X", Map.of(), home)).endsWithRaw(Path.of("Application Support", "Pilothouse"));
        assertThat(Workspace.standardFolder("Windows 11", Map.of(), home)).endsWithRaw(Path.of("Roaming", "Pilothouse"));
    }

    @Test
    void givenAnOwnerInAnotherProcess_itIsNamed_andAfterItsKillNothingIsStale() throws Exception {
        var workspace = Workspace.open(folder.resolve("w"));
        var classes = ChildProcess.Classes.prepare(folder, OwningChild.class, workspace.folder(), "once");
        try (var child = new ChildProcess(classes, OwningChild.class, folder.resolve("errors"), workspace.folder())) {
            assertThat(child.firstLine()).isNotEmpty();
            assertThat(WorkspaceLock.claim(workspace))
                    .isEqualTo(new Ownership.OwnedBy(child.pid(), 4711, child.firstLine()));
            child.killAfter(0);
        }
        assertThat(workspace.folder().resolve("instance.json")).exists();
        var owner = (Ownership.Owner) WorkspaceLock.claim(workspace);
        try (var lock = owner.lock()) {
            assertThat(workspace.folder().resolve("instance.json")).content().contains("\"port\":0");
            lock.announce(1234);
            assertThat(WorkspaceLock.claim(workspace)).isInstanceOfSatisfying(Ownership.OwnedBy.class,
                    it -> assertThat(it.port()).isEqualTo(1234));
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.folder().resolve("instance.json"))))
                        .isEqualTo("rw-------");
        }
        ((Ownership.Owner) WorkspaceLock.claim(workspace)).lock().close();
    }

    @Test
    void givenSettings_unknownKeysAreKeptAndABrokenFileIsPutAside() throws Exception {
        var workspace = Workspace.open(folder);
        var file = folder.resolve("settings.json");
        Files.writeString(file, "{\"theme\":\"dark\",\"future\":{\"a\":1}}");
        var settings = new SettingsFile(workspace);
        assertThat(settings.load().settings()).isEqualTo(new Settings("local/smollm2-135m", "dark", 100, 0, 0, 0, "", Network.DIRECT));
        settings.save(new Settings("local/other", "light", 150, 2, 30, 500_000, "/mnt/other", Network.DIRECT));
        assertThat(Files.readString(file)).contains("\"future\"").contains("local/other");
        Files.writeString(file, "{\"theme\":");
        var loaded = settings.load();
        assertThat(loaded.settings()).isEqualTo(Settings.STANDARD);
        assertThat(loaded.problem()).isPresent();
        assertThat(folder.resolve("settings.json.broken")).hasContent("{\"theme\":");
    }

    @Test
    void givenAPartOfTheNetworkInTheSettings_theRestIsDirect() throws Exception {
        Files.writeString(folder.resolve("settings.json"), "{\"network\":{\"proxy\":\"http://proxy:3128\",\"direct\":[\".intern\"]}}");
        var settings = new SettingsFile(Workspace.open(folder));
        var network = settings.load().settings().network();
        assertThat(network).isEqualTo(new Network("http://proxy:3128", "", "", List.of(".intern"), ""));
        settings.save(settings.load().settings());
        assertThat(settings.load().settings().network()).isEqualTo(network);
        Files.writeString(folder.resolve("settings.json"), "{\"network\":null}");
        assertThat(settings.load().settings().network()).isEqualTo(Network.DIRECT);
    }

    @Test
    void givenAnEmptyStore_theExamplesAreAddedOnce() {
        try (var store = PromptStore.open(folder)) {
            assertThat(Examples.addTo(store.prompts(), PromptStore.ADA)).hasSize(4);
            assertThat(Examples.addTo(store.prompts(), PromptStore.ADA)).isEqualTo(List.of());
            assertThat(store.prompts().find("support/reply")).get()
                    .satisfies(found -> assertThat(found.version().text()).startsWith("---\nmodel: local/smollm2-135m\n"));
            store.prompts().rename(store.prompts().find(new PromptName("code/explain")).orElseThrow().id(), new PromptName("mine"));
            assertThat(Examples.addTo(store.prompts(), PromptStore.ADA)).isEmpty();
        }
    }
}
