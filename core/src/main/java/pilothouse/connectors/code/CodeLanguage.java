package pilothouse.connectors.code;

/// The languages that a request is written in.
public enum CodeLanguage {
    CURL("curl") {
        @Override
        public String write(CodeRequest request) {
            return CurlText.of(request);
        }
    },
    /// with OpenAI's own `openai` package
    PYTHON("Python") {
        @Override
        public String write(CodeRequest request) {
            return PythonText.of(request);
        }
    },
    /// one file without libraries, `java Ask.java`
    JAVA("Java") {
        @Override
        public String write(CodeRequest request) {
            return JavaText.of(request);
        }
    };

    private final String title;

    CodeLanguage(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /// A whole program, ending with a line end.
    public abstract String write(CodeRequest request);
}
