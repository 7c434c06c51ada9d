using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using OpinionPipeline.Pipeline.Privacy;
using OpinionPipeline.Pipeline.Submissions.Reading;
using OpinionPipeline.Text;

namespace OpinionPipeline.Pipeline.Forums;

/// <summary>What somebody said according to the minutes, and what was answered at the table.</summary>
/// <param name="Speaker">As the minutes call the speaker; null where they do not.</param>
public sealed record Speech(
    string? Speaker,
    string Text,
    string? Answer,
    string? AnsweredBy,
    Outcome Outcome
);

/// <summary>
/// Cuts minutes (.docx or .txt) into what each speaker brought forward. A rule's guess, for the recorder to confirm:
/// whoever speaks for an office answers the speech before; whoever leads the session is left out.
/// </summary>
public static partial class MinutesReader
{
    private const int MostParagraphs = 5_000;
    private const int MostSpeeches = 300;
    private const long MostUnfolded = 64L << 20;
    private const int ShortestSpeech = 8;

    /// <summary>The speeches in the order of the minutes.</summary>
    /// <exception cref="UnreadableFileException">The file is no text and no Word document, or too large.</exception>
    public static IReadOnlyList<Speech> Read(Stream content)
    {
        var paragraphs = Paragraphs(content)
            .Select(p => p.Trim())
            .Where(p => p.Length > 0)
            .ToList();
        var speeches = BySpeaker(paragraphs);
        if (speeches.Count == 0)
            speeches = ByNumber(paragraphs);
        if (speeches.Count == 0)
            throw new UnreadableFileException(
                "minutes.noSpeech",
                "没有找到发言：每段发言应以“发言人：”或序号开头。",
                "No speech was found: each should start with its speaker and a colon, or with a number."
            );
        if (speeches.Count > MostSpeeches)
            throw new UnreadableFileException(
                "minutes.tooMany",
                $"一份记录中超过 {MostSpeeches} 条发言。",
                $"The minutes hold more than {MostSpeeches} speeches."
            );
        return speeches;
    }

    private static List<string> Paragraphs(Stream content)
    {
        var start = new PeekStream(content);
        if (start.Head.Length == 0)
            throw new UnreadableFileException("file.empty", "文件是空的。", "The file is empty.");
        if (start.Head is [(byte)'P', (byte)'K', 3, 4, ..])
            return Word(start);
        if (start.Head is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new UnreadableFileException(
                "file.oldWord",
                "这是旧版 Word（.doc）文件，请另存为 .docx 或 .txt。",
                "This is an old Word file (.doc); save it as .docx or .txt."
            );
        var text = TextEncoding.Open(start);
        var lines = new List<string>();
        while (text.ReadLine() is { } line)
        {
            lines.Add(line);
            if (lines.Count > MostParagraphs)
                throw TooLong();
        }
        return lines;
    }

    private static UnreadableFileException TooLong() =>
        new(
            "minutes.tooLong",
            $"超过 {MostParagraphs} 段。",
            $"Longer than {MostParagraphs} paragraphs."
        );

    // WordprocessingML: w:p is a paragraph, w:t its text, w:tab and w:br are white space (ECMA-376 part 1, 17.3).
    private static List<string> Word(Stream content)
    {
        try
        {
            var file = new MemoryStream();
            content.CopyTo(file);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var entry = zip.GetEntry("word/document.xml");
            if (entry is null)
                throw new UnreadableFileException(
                    "file.notWord",
                    "这不是 Word 文档。",
                    "This is no Word document."
                );
            using var xml = XmlReader.Create(
                new BoundedStream(entry.Open(), new Budget(MostUnfolded)),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
            );
            XNamespace w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
            var paragraphs = XDocument
                .Load(xml)
                .Descendants(w + "p")
                .Select(p =>
                    string.Concat(
                        p.Descendants()
                            .Select(e =>
                                e.Name == w + "t" ? e.Value
                                : e.Name == w + "tab" || e.Name == w + "br" ? " "
                                : ""
                            )
                    )
                )
                .Take(MostParagraphs + 1)
                .ToList();
            return paragraphs.Count > MostParagraphs ? throw TooLong() : paragraphs;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            throw new UnreadableFileException(
                "file.damaged",
                "Word 文档已损坏。",
                "The Word document is damaged."
            );
        }
    }

    private static List<Speech> BySpeaker(List<string> paragraphs)
    {
        var speeches = new List<Speech>();
        var role = Role.Heading;
        foreach (var paragraph in paragraphs)
        {
            var text = paragraph;
            if (Turn().Match(Fold(paragraph)) is { Success: true } turn)
            {
                var speaker = Verb().Replace(turn.Groups["speaker"].Value, "");
                var next = RoleOf(speaker);
                if (next is not null)
                {
                    role = next.Value;
                    text = paragraph[turn.Groups["text"].Index..].Trim();
                    if (role == Role.Citizen)
                        speeches.Add(new(speaker, text, null, null, Outcome.Unsettled));
                    else if (role == Role.Office && speeches.Count > 0)
                        speeches[^1] = Answered(speeches[^1], speaker, text);
                    continue;
                }
            }
            if (speeches.Count == 0)
                continue;
            if (role == Role.Citizen)
                speeches[^1] = speeches[^1] with { Text = $"{speeches[^1].Text}\n{text}".Trim() };
            else if (role == Role.Office)
                speeches[^1] = Answered(speeches[^1], speeches[^1].AnsweredBy!, text);
        }
        speeches.RemoveAll(s => s.Text.Length < ShortestSpeech);
        return speeches;
    }

    private static List<Speech> ByNumber(List<string> paragraphs)
    {
        var speeches = new List<Speech>();
        foreach (var paragraph in paragraphs)
            if (Numbered().Match(Fold(paragraph)) is { Success: true } number)
                speeches.Add(
                    new(null, paragraph[number.Length..].Trim(), null, null, Outcome.Unsettled)
                );
            else if (speeches.Count > 0)
                speeches[^1] = speeches[^1] with { Text = $"{speeches[^1].Text}\n{paragraph}" };
        speeches.RemoveAll(s => s.Text.Length < ShortestSpeech);
        return speeches;
    }

    // Signs in one width, each in its place; what is kept is the text as it stands.
    private static string Fold(string text) => string.Concat(text.Select(Normalization.HalfWidth));

    private static Speech Answered(Speech speech, string by, string text)
    {
        var answer = speech.Answer is null ? text : $"{speech.Answer}\n{text}";
        return speech with
        {
            Answer = answer,
            AnsweredBy = by,
            Outcome =
                SettledWords().IsMatch(answer) ? Outcome.Settled
                : PromiseWords().IsMatch(answer) ? Outcome.Promised
                : Outcome.Unsettled,
        };
    }

    private enum Role
    {
        Heading,
        Citizen,
        Office,
        Chair,
    }

    // Null where what stands before the colon is no speaker but part of a sentence.
    private static Role? RoleOf(string speaker) =>
        HeadingWords().IsMatch(speaker) ? Role.Heading
        : ChairWords().IsMatch(speaker) ? Role.Chair
        : CitizenWords().IsMatch(speaker) ? Role.Citizen
        : OfficeWords().IsMatch(speaker) ? Role.Office
        : speaker.Contains('某', StringComparison.Ordinal)
        || Names.IsName(Aside().Replace(speaker, ""))
            ? Role.Citizen
        : null;

    [GeneratedRegex(
        @"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.]\s*)?(?<speaker>[^:,.;?!。;？！，“”""]{2,30})\s*:\s*(?<text>.*)$",
        RegexOptions.Singleline
    )]
    private static partial Regex Turn();

    [GeneratedRegex(@"(?:发言|提出|反映|提问|问|说|答复|答|回复|回应|表示|讲)$")]
    private static partial Regex Verb();

    [GeneratedRegex(@"[(][^)]*[)]|\s")]
    private static partial Regex Aside();

    [GeneratedRegex(
        @"^(?:(?:会议|活动)?(?:时\s*间|地\s*点|主\s*题|议\s*题|日\s*期)|(?:参加|参会|出席|列席|缺席|到会)(?:人员|单位|部门|代表)?|记\s*录(?:人|员)?|整理(?:人)?|地\s*址|附件?|备\s*注)$"
    )]
    private static partial Regex HeadingWords();

    [GeneratedRegex(@"主\s*持(?:人)?|召集人|会议小结")]
    private static partial Regex ChairWords();

    [GeneratedRegex(
        @"村民|居民|群众|市民|业主|住户|代表|委员|大爷|大妈|大叔|大婶|大姐|大哥|老伯|阿姨|师傅|先生|女士|同志|老师|家长|学生|职工|商户|店主|农户|养殖户|种植户|老党员|发言人|问$"
    )]
    private static partial Regex CitizenWords();

    [GeneratedRegex(
        @"局|办公?室?$|中心|街道|镇政府|乡政府|公司|医院|派出所|供电所|管理所|水厂|学校|大队|支队|书记|镇长|乡长|县长|主任|科长|股长|所长|站长|局长|校长|院长|经理|负责人|工作人员|部门|答$"
    )]
    private static partial Regex OfficeWords();

    [GeneratedRegex(@"^[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)、.．]\s*(?=\D)")]
    private static partial Regex Numbered();

    [GeneratedRegex(
        @"当场(?:解决|办结|答应|处理|安排好|退|补)|现场(?:解决|办结|处理)|已经?(?:修好|解决|办好|办结|换好|清理完|整改到位)|今天就(?:办|修|换|清)"
    )]
    private static partial Regex SettledWords();

    [GeneratedRegex(
        @"承诺|保证|列入.{0,12}(?:计划|预算)|(?:月底|年底|节前|日前|周内|天内|月内|汛期前|开学前|入冬前)(?:前|之前)?.{0,10}(?:完成|解决|修|到位|办|装|通|拿)|(?:\d+|[一二三四五六七八九十两半]+)个?(?:天|日|周|月|星期|工作日)(?:之)?内|尽快|马上安排|争取在"
    )]
    private static partial Regex PromiseWords();
}
