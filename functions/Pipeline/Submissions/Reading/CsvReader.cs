using System.Text;

namespace OpinionPipeline.Pipeline.Submissions.Reading;

/// <summary>
/// RFC 4180, streamed and bounded: a quote that is never closed ends with the line it was opened in instead of taking
/// the rest of the file into memory.
/// </summary>
internal static class CsvReader
{
    public static IEnumerable<(int Number, IReadOnlyList<string> Fields)> Records(
        TextReader text,
        ReadingLimits limits
    )
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var line = 1;
        var record = 1;
        var quoteLine = 0;
        var separator = '\0';
        while (true)
        {
            var c = text.Read();
            if (quoteLine > 0 && c >= 0)
            {
                if (c == '"' && text.Peek() != '"')
                    quoteLine = 0;
                else
                {
                    if (c == '"')
                        text.Read();
                    if (c == '\n')
                        line++;
                    field.Append((char)c);
                }
                if (field.Length > limits.FieldLength)
                    throw quoteLine > 0 ? Unclosed(quoteLine) : TooLong(line);
                continue;
            }
            switch (c)
            {
                case '"' when field.Length == 0:
                    quoteLine = line;
                    break;
                case ',' or '\t' or ';' when separator == '\0' || c == separator:
                    // The first one met in the header is the separator of the file.
                    separator = (char)c;
                    fields.Add(field.ToString());
                    field.Clear();
                    if (fields.Count > limits.Columns)
                        throw new UnreadableFileException(
                            "file.tooManyColumns",
                            $"第 {line} 行超过 {limits.Columns} 列。",
                            $"Line {line} has more than {limits.Columns} columns."
                        );
                    break;
                case '\r' when text.Peek() == '\n':
                    break;
                case '\n' or '\r' or -1:
                    if (quoteLine > 0)
                        throw Unclosed(quoteLine);
                    if (c == -1 && field.Length == 0 && fields.Count == 0)
                        yield break;
                    fields.Add(field.ToString());
                    field.Clear();
                    yield return (record, fields);
                    fields = [];
                    line++;
                    record = line;
                    if (c == -1)
                        yield break;
                    break;
                case '\0':
                    throw new UnreadableFileException(
                        "file.notText",
                        $"第 {line} 行含有二进制内容。",
                        $"Line {line} holds binary content."
                    );
                default:
                    field.Append((char)c);
                    if (field.Length > limits.FieldLength)
                        throw TooLong(line);
                    break;
            }
        }
    }

    private static UnreadableFileException Unclosed(int line) =>
        new(
            "file.unclosedQuote",
            $"第 {line} 行的引号没有闭合，此行起无法读取。",
            $"The quote opened in line {line} is never closed; nothing after it can be read."
        );

    private static UnreadableFileException TooLong(int line) =>
        new(
            "file.fieldTooLong",
            $"第 {line} 行有过长的字段。",
            $"Line {line} has a field that is too long."
        );
}
