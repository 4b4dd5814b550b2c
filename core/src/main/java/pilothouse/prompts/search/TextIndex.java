package pilothouse.prompts.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.slf4j.LoggerFactory;
import pilothouse.json.Json;
import pilothouse.prompts.PromptVersion;
import pilothouse.templates.PromptDocument;
import pilothouse.templates.Variable;

/// Lucene's files: a document a version, and one a prompt with its [PromptState]. Both change in one
/// commit, so what the states say is in the index is in it. Texts are not kept, only their words.
///
/// Never call it on a thread that may be interrupted, but for [#find]: Lucene closes its files then.
final class TextIndex implements Closeable {
    /// Changed with the form of the documents: an index of another form is made anew.
    private static final String FORM = "2";
    private static final double BUFFER_MEGABYTES = 32;
    /// Lucene says at its first use that it would like a module that is still incubating.
    private static final Logger QUIET = Logger.getLogger("org.apache.lucene.internal.vectorization");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    /// A version in which words were found.
    record Found(UUID prompt, int version) {}

    private TextIndex(Directory directory, IndexWriter writer, SearcherManager searchers) {
        this.directory = directory;
        this.writer = writer;
        this.searchers = searchers;
    }

    /// Opens the index in `folder`; an empty one if there is none, or none that can be read.
    static TextIndex open(Path folder) throws IOException {
        try {
            return open(folder, IndexWriterConfig.OpenMode.CREATE_OR_APPEND);
        } catch (IOException | IllegalArgumentException e) { // the store has all of it
            LoggerFactory.getLogger(TextIndex.class).warn("The search index cannot be read and is made anew", e);
            return anew(folder);
        }
    }

    /// An empty index in place of what is there.
    static TextIndex anew(Path folder) throws IOException {
        if (Files.isDirectory(folder))
            try (var files = Files.list(folder)) {
                for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
            }
        return open(folder, IndexWriterConfig.OpenMode.CREATE);
    }

    private static TextIndex open(Path folder, IndexWriterConfig.OpenMode mode) throws IOException {
        var directory = new MMapDirectory(folder);
        try {
            var merging = new ConcurrentMergeScheduler();
            merging.setMaxMergesAndThreads(2, 1);
            var writer = new IndexWriter(directory, new IndexWriterConfig(Words.ANALYZER).setOpenMode(mode)
                    .setRAMBufferSizeMB(BUFFER_MEGABYTES).setMergeScheduler(merging).setCommitOnClose(false));
            try {
                if (!FORM.equals(form(writer))) writer.deleteAll();
                writer.setLiveCommitData(Map.of("form", FORM).entrySet());
                return new TextIndex(directory, writer, new SearcherManager(writer, new SearcherFactory()));
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static String form(IndexWriter writer) {
        var data = writer.getLiveCommitData();
        if (data != null)
            for (var entry : data) if (entry.getKey().equals("form")) return entry.getValue();
        return "";
    }

    /// Whether every file has the checksum that was written with it. Reads all of them.
    boolean isIntact() {
        try (var reader = DirectoryReader.open(writer)) {
            for (var leaf : reader.leaves()) ((CodecReader) leaf.reader()).checkIntegrity();
            return true;
        } catch (IOException e) {
            LoggerFactory.getLogger(TextIndex.class).warn("The search index is damaged", e);
            return false;
        }
    }

    /// The states of the prompts whose versions are in it.
    Map<UUID, PromptState> states() throws IOException {
        var states = new HashMap<UUID, PromptState>();
        var searcher = searchers.acquire();
        try {
            var all = searcher.search(new TermQuery(new Term("kind", "prompt")), Math.max(1, searcher.getIndexReader().numDocs()));
            var fields = searcher.storedFields();
            for (var found : all.scoreDocs) {
                var state = Json.MAPPER.readValue(fields.document(found.doc).get("state"), PromptState.class);
                states.put(state.id(), state);
            }
        } finally {
            searchers.release(searcher);
        }
        return states;
    }

    /// Adds a version that is not in it.
    void add(PromptState of, PromptVersion version) throws IOException {
        writer.addDocument(document(of, version));
    }

    /// Puts a version in place of what it was.
    void replace(PromptState of, PromptVersion version) throws IOException {
        writer.updateDocument(new Term("version", key(version)), document(of, version));
    }

    /// Says that all of a prompt is in it.
    void hold(PromptState state) throws IOException {
        var document = new Document();
        document.add(new StringField("kind", "prompt", Field.Store.NO));
        document.add(new StringField("state-of", state.id().toString(), Field.Store.NO));
        document.add(new StoredField("state", Json.write(state)));
        writer.updateDocument(new Term("state-of", state.id().toString()), document);
    }

    /// Takes all of a prompt out.
    void remove(UUID prompt) throws IOException {
        writer.deleteDocuments(new Term("prompt", prompt.toString()), new Term("state-of", prompt.toString()));
    }

    /// Has it seen by [#find].
    void show() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /// Has it on the disk, and seen.
    void commit() throws IOException {
        writer.commit();
        show();
    }

    /// The best versions, the best first. May be called on any thread.
    List<Found> find(Query query, int limit) throws IOException {
        var searcher = searchers.acquire();
        try {
            var found = new ArrayList<Found>();
            var fields = searcher.storedFields();
            for (var hit : searcher.search(query, limit).scoreDocs) {
                var key = fields.document(hit.doc, Set.of("version")).get("version");
                int at = key.indexOf('@');
                found.add(new Found(UUID.fromString(key.substring(0, at)), Integer.parseInt(key.substring(at + 1))));
            }
            return found;
        } finally {
            searchers.release(searcher);
        }
    }

    /// What was not committed is lost.
    @Override
    public void close() throws IOException {
        try (directory) {
            searchers.close();
            writer.rollback();
        }
    }

    private static Document document(PromptState of, PromptVersion version) {
        var document = new Document();
        document.add(new StringField("version", key(version), Field.Store.YES));
        document.add(new StringField("prompt", of.id().toString(), Field.Store.NO));
        document.add(new TextField("text", version.text(), Field.Store.NO));
        document.add(new TextField("message", version.message(), Field.Store.NO));
        document.add(new StringField("author", version.author().name().toLowerCase(Locale.ROOT), Field.Store.NO));
        for (var name : variables(version.text())) {
            document.add(new TextField("variables", spaced(name), Field.Store.NO));
            document.add(new StringField("variable", name.toLowerCase(Locale.ROOT), Field.Store.NO));
        }
        of.labels().forEach((label, on) -> {
            if (on == version.number()) document.add(new StringField("label", label.toLowerCase(Locale.ROOT), Field.Store.NO));
        });
        if (of.current() == version.number()) {
            document.add(new StringField("kind", "current", Field.Store.NO));
            document.add(new TextField("name", spaced(of.name()), Field.Store.NO));
        }
        return document;
    }

    /// A name, and its parts as words of their own.
    private static String spaced(String name) {
        return name + " " + name.replaceAll("[_./-]+", " ");
    }

    private static SortedSet<String> variables(String text) {
        var names = new TreeSet<String>();
        try {
            var document = PromptDocument.parse(text);
            names.addAll(document.inputSchema().names());
            document.template().variables().stream().map(Variable::name).forEach(names::add);
        } catch (RuntimeException e) { // a text that is no template, or not yet, has no variables
            LoggerFactory.getLogger(TextIndex.class).debug("No variables are known of a text", e);
        }
        return names;
    }

    private static String key(PromptVersion version) {
        return version.prompt() + "@" + version.number();
    }
}
