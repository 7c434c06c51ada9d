using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Submissions;

/// <summary>What a submission must fulfil to be taken; every fault is named, not only the first.</summary>
public static class Validation
{
    /// <summary>Empty where it can be taken.</summary>
    public static List<Rejection> Check(
        NewSubmission submission,
        string? key,
        Sender sender,
        CountyDirectory county,
        DateTimeOffset now
    )
    {
        var faults = new List<Rejection>();
        if (string.IsNullOrWhiteSpace(submission.Body))
            faults.Add(new("body.required", "body", "缺少正文。", "The text is missing."));
        Length(faults, "title", submission.Title, Intake.MaxTitleLength);
        Length(faults, "body", submission.Body, Intake.MaxBodyLength);
        Length(faults, "place", submission.Place, 100);
        Length(faults, "kind", submission.Kind, 40);
        Length(faults, "id", submission.SourceId, 80);
        Length(faults, "reporter.name", submission.Reporter?.Name, 100);
        Length(faults, "reporter.phone", submission.Reporter?.Phone, 60);
        Length(faults, "Idempotency-Key", key, 200);
        Printable(faults, "title", submission.Title);
        Printable(faults, "body", submission.Body);

        var station = sender.Station ?? submission.Station;
        if (
            sender.Station is not null
            && submission.Station is not null
            && submission.Station != sender.Station
        )
            faults.Add(
                new(
                    "station.notYours",
                    "station",
                    $"此密钥只能代表联络站 {sender.Station} 报送。",
                    $"This key speaks for station {sender.Station} only."
                )
                {
                    Status = 403,
                }
            );
        else if (string.IsNullOrWhiteSpace(station))
            faults.Add(
                new(
                    "station.required",
                    "station",
                    "缺少联络站代码。",
                    "The station's code is missing."
                )
            );
        else if (county.Station(station) is null)
            faults.Add(
                new(
                    "station.unknown",
                    "station",
                    "没有这个联络站代码。",
                    "There is no station of that code."
                )
            );

        if (submission.Label is { } label && county.CategoryNamed(label) is null)
            faults.Add(
                new(
                    "label.unknown",
                    "label",
                    "没有这个一级类别。",
                    "There is no first-level category of that name."
                )
            );

        // A day's grace: clocks and time zones of senders differ.
        if (submission.SaidAt > now.AddDays(1))
            faults.Add(new("time.future", "time", "时间在将来。", "The time lies in the future."));
        if (submission.SaidAt is { Year: < 1949 })
            faults.Add(
                new("time.tooEarly", "time", "时间过早。", "The time is too early to be right.")
            );
        if (submission.OccurredOn > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)))
            faults.Add(
                new(
                    "occurredOn.future",
                    "occurredOn",
                    "日期在将来。",
                    "The day lies in the future."
                )
            );
        return faults;
    }

    private static void Length(List<Rejection> faults, string field, string? value, int most)
    {
        if (value is not null && value.Length > most)
            faults.Add(
                new(
                    $"{field}.tooLong",
                    field,
                    $"超过 {most} 字（现 {value.Length} 字）。",
                    $"Longer than {most} characters ({value.Length})."
                )
            );
    }

    private static void Printable(List<Rejection> faults, string field, string? value)
    {
        if (
            value is not null
            && value.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') || c == '\uFFFD')
        )
            faults.Add(
                new(
                    $"{field}.notText",
                    field,
                    "含有无法显示的字符，可能是编码错误或二进制内容。",
                    "Holds characters that are not text: a wrong encoding, or a binary file."
                )
            );
    }
}
