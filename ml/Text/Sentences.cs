namespace OpinionPipeline.Text;

/// <summary>Cuts a text into its sentences, each verbatim as it stands there.</summary>
public static class Sentences
{
    private const string Ends = "。！？!?；;\n";
    private const string Closers = "”’」』）)》】\"'";

    /// <summary>The sentences, trimmed, in order; every one is a substring of the text.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!Ends.Contains(text[i], StringComparison.Ordinal))
                continue;
            while (
                i + 1 < text.Length
                && (
                    Ends.Contains(text[i + 1], StringComparison.Ordinal)
                    || Closers.Contains(text[i + 1], StringComparison.Ordinal)
                )
            )
                i++;
            Add(text[start..(i + 1)]);
            start = i + 1;
        }
        Add(text[start..]);
        return sentences;

        void Add(string piece)
        {
            var sentence = piece.Trim();
            if (sentence.Any(char.IsLetterOrDigit))
                sentences.Add(sentence);
        }
    }
}
