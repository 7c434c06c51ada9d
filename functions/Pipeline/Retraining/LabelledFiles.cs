using OpinionPipeline.Model;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>Reads labelled texts from files of any of the formats that submissions come in.</summary>
public static class LabelledFiles
{
    /// <summary>The texts in the files' order, whatever order the files are named in.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="today">Completes dates without a year.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="InvalidDataException">A file cannot be read, or a row has no text or no label.</exception>
    public static async Task<List<LabelledText>> ReadAsync(
        IEnumerable<string> files,
        DateOnly today,
        CancellationToken cancellation
    )
    {
        var texts = new List<LabelledText>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            await using var stream = File.OpenRead(file);
            await foreach (
                var row in new SubmissionFile(stream, new ReadingLimits(), today).RowsAsync(
                    cancellation
                )
            )
            {
                if (row.Submission is not { } submission)
                    throw new InvalidDataException(
                        $"{file}, row {row.Number}: {row.Rejections[0].En}"
                    );
                if (submission.Label is null)
                    throw new InvalidDataException(
                        $"{file}, row {row.Number}: the label is missing."
                    );
                texts.Add(
                    new(submission.Title ?? "", submission.Body ?? "", submission.Label)
                    {
                        Second = submission.Label2,
                        Station = submission.Station,
                    }
                );
            }
        }
        return texts;
    }
}
