using Microsoft.ML;
using Microsoft.ML.Data;

namespace OpinionPipeline.Model;

/// <summary>Reads scores and the labels they belong to out of an ML.NET model.</summary>
internal static class ScoreReader
{
    /// <summary>The labels in the order of the scores.</summary>
    public static IReadOnlyList<string> Labels(MLContext context, ITransformer model)
    {
        var schema = model.GetOutputSchema(context.Data.LoadFromEnumerable<TextRow>([]).Schema);
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["Score"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    /// <summary>The scores of many rows at once.</summary>
    public static IEnumerable<float[]> Scores(
        MLContext context,
        ITransformer model,
        IEnumerable<TextRow> rows
    ) => model.Transform(context.Data.LoadFromEnumerable(rows)).GetColumn<float[]>("Score");
}
