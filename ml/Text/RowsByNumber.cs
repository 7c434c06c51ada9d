namespace OpinionPipeline.Text;

/// <summary>
/// In which row of a table a pair stands, by the number that a language gives it: one step for each pair of a text. Kept for
/// the language asked for last, as there is one at a time.
/// </summary>
internal sealed class RowsByNumber(IReadOnlyList<uint> pairs)
{
    private Numbered? numbered;

    /// <summary>By the number of a pair its row, -1 where it has none.</summary>
    public int[] Of(TermWeights language)
    {
        if (numbered is { } last && last.By == language)
            return last.Rows;
        var rows = new int[language.Numbers];
        Array.Fill(rows, -1);
        for (var row = 0; row < pairs.Count; row++)
            if (language.Number(pairs[row]) is var number and > 0)
                rows[number] = row;
        numbered = new(language, rows);
        return rows;
    }

    private sealed record Numbered(TermWeights By, int[] Rows);
}
