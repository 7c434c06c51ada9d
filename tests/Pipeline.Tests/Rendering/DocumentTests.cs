using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using OpinionPipeline.Pipeline.Rendering;

namespace OpinionPipeline.Pipeline.Tests.Rendering;

public sealed class DocumentTests
{
    private static readonly Page Everything = new(
        "关于“<双石桥>”的专报 & 说明",
        [
            new Heading(1, "反映情况"),
            new Paragraph("桥面裂了\t手掌宽的缝。", "[1]"),
            new Heading(2, "城乡建设"),
            new Table(
                ["序号", "议题"],
                [
                    ["1", "双石桥\n桥面开裂"],
                    ["2", ""],
                ]
            ),
            new Paragraph(""),
        ]
    );

    [Fact]
    public void A_word_document_is_valid_and_holds_every_text()
    {
        var file = new MemoryStream();
        DocxWriter.Write(Everything, file);
        file.Position = 0;
        using var word = WordprocessingDocument.Open(file, isEditable: false);
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2019).Validate(
                word,
                TestContext.Current.CancellationToken
            )
        );
        var text = word.MainDocumentPart!.Document!.InnerText;
        Assert.Contains("关于“<双石桥>”的专报 & 说明", text, StringComparison.Ordinal);
        Assert.Contains("手掌宽的缝。", text, StringComparison.Ordinal);
        Assert.Contains("桥面开裂", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_wrote_is_text_on_the_page_and_never_markup()
    {
        var html = HtmlWriter.Write(
            new Page(
                "<script>alert(1)</script>",
                [
                    new Table(
                        ["<b>"],
                        [
                            ["<img src=x onerror=alert(1)>"],
                        ]
                    ),
                ]
            )
        );
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x", html, StringComparison.Ordinal);
    }
}
