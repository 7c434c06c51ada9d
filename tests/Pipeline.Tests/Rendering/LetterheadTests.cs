using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using OpinionPipeline.Pipeline.County;
using OpinionPipeline.Pipeline.Rendering;
using OpinionPipeline.Pipeline.Reports;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace OpinionPipeline.Pipeline.Tests.Rendering;

/// <summary>What a reader sees above, under and at the foot of a report that went out.</summary>
public sealed class LetterheadTests
{
    private static readonly CountyDirectory County = CountyFiles.Load(Seeds.Folder());
    private static readonly Report Draft = new()
    {
        Id = "RI202611-aaaaaaaaaaaaaaaa",
        Partition = "2026",
        IssueId = "I202611-aaaaaaaaaaaaaaaa",
        Scope = "matter",
        Title = "关于路灯的社情民意专报",
        Category = "01",
        Office = "O01",
        DraftedAt = new(2026, 11, 20, 9, 0, 0, LocalTime.Offset),
        Sections = [new("situation", "反映情况", [new("路灯坏了。", null)])],
        Sources = [],
    };
    private static readonly Report Out = Draft with
    {
        Status = ReportStatus.Submitted,
        SubmittedAt = new(2026, 11, 25, 9, 0, 0, LocalTime.Offset),
        Number = "安政协信息〔2026〕12号",
        Signer = "王建国",
    };

    private static List<Paragraph> Paragraphs(Report report)
    {
        using var file = new MemoryStream(
            DocxWriter.Write(new DocumentRenderer(County).Of(report))
        );
        using var word = WordprocessingDocument.Open(file, isEditable: false);
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2019).Validate(
                word,
                TestContext.Current.CancellationToken
            )
        );
        return [.. word.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>()];
    }

    private static List<string> Texts(Report report) =>
        [.. Paragraphs(report).Select(p => p.InnerText).Where(t => t.Length > 0)];

    [Fact]
    public void Mark_number_title_text_signature_and_copies_stand_one_below_the_other()
    {
        string[] wanted =
        [
            "安澜县政协社情民意信息",
            "安政协信息〔2026〕12号签发人：王建国",
            "关于路灯的社情民意专报",
            "一、反映情况",
            "路灯坏了。",
            "政协安澜县委员会办公室",
            "2026年11月25日",
            "报：县委、县人大常委会、县政府、县政协领导，市政协办公室。",
            "送：县委办公室，县政府办公室，住房和城乡建设局。",
            "政协安澜县委员会办公室2026年11月25日印发",
        ];
        Assert.Equal(wanted, Texts(Out));
    }

    [Fact]
    public void The_mark_and_the_line_under_the_number_are_red_and_nothing_else_is()
    {
        var paragraphs = Paragraphs(Out);
        var red = Assert.Single(paragraphs.SelectMany(p => p.Descendants<Color>()));
        Assert.Equal("FF0000", red.Val!.Value);
        Assert.Equal("安澜县政协社情民意信息", red.Ancestors<Paragraph>().Single().InnerText);
        var line = Assert.Single(
            paragraphs,
            p => p.ParagraphProperties?.ParagraphBorders?.BottomBorder?.Color?.Value == "FF0000"
        );
        Assert.StartsWith("安政协信息〔2026〕12号", line.InnerText, StringComparison.Ordinal);
    }

    [Fact]
    public void The_issuer_stands_above_the_middle_of_the_day_four_characters_from_the_right()
    {
        var paragraphs = Paragraphs(Out);
        Assert.Equal(4 * 320, RightOf("2026年11月25日"));
        // The day is seven characters wide, the issuer eleven: two more on either side.
        Assert.Equal(2 * 320, RightOf("政协安澜县委员会办公室"));

        int RightOf(string text) =>
            int.Parse(
                paragraphs
                    .Single(p => p.InnerText == text)
                    .ParagraphProperties!.Indentation!.Right!.Value!,
                System.Globalization.CultureInfo.InvariantCulture
            );
    }

    [Fact]
    public void A_draft_leaves_room_for_number_and_day_and_names_no_signer()
    {
        var texts = Texts(Draft);
        Assert.Equal("安政协信息〔　　〕　　号", texts[1]);
        Assert.Equal("政协安澜县委员会办公室　　年　月　日印发", texts[^1]);
        Assert.DoesNotContain(texts, t => t.Contains("签发人", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_to_print_holds_what_the_word_file_holds()
    {
        var html = HtmlWriter.Write(new DocumentRenderer(County).Of(Out));
        foreach (var part in Texts(Out).Where(t => !t.Contains("签发人") && !t.Contains("印发")))
            Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.Contains("签发人：王建国", html, StringComparison.Ordinal);
    }
}
