using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using OpinionPipeline.Pipeline.Forums;
using OpinionPipeline.Pipeline.Submissions.Reading;
using WordText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace OpinionPipeline.Pipeline.Tests.Forums;

public sealed class MinutesReaderTests
{
    private static IReadOnlyList<Speech> Read(string text) =>
        MinutesReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_speech_goes_on_over_paragraphs_until_the_next_speaker()
    {
        var speeches = Read(
            "主持人：大家说说。\n村民代表老张：水渠堵了三年。\n下游的田都干了。\n王秀兰：路灯不亮，晚上看不见路。"
        );
        Assert.Equal(2, speeches.Count);
        Assert.Equal("水渠堵了三年。\n下游的田都干了。", speeches[0].Text);
        Assert.Equal("王秀兰", speeches[1].Speaker);
    }

    [Fact]
    public void A_colon_inside_a_sentence_is_no_speaker()
    {
        var speeches = Read("李大爷：我讲两点。\n我的建议：先修桥，再修路，一件一件来。");
        Assert.Equal(
            "我讲两点。\n我的建议：先修桥，再修路，一件一件来。",
            Assert.Single(speeches).Text
        );
    }

    [Theory]
    [InlineData("县交通局：这座桥已经修好。", Outcome.Settled)]
    [InlineData("供电所所长：承诺下个月换变压器。", Outcome.Promised)]
    [InlineData("县水利局：情况我们记下了。", Outcome.Unsettled)]
    public void What_the_office_at_the_table_says_answers_the_speech_before(
        string answer,
        Outcome outcome
    )
    {
        var speech = Assert.Single(Read($"村民李四：桥面裂了，电压也低，渠道还漏水。\n{answer}"));
        Assert.Equal(outcome, speech.Outcome);
        Assert.NotNull(speech.Answer);
    }

    [Fact]
    public void Without_speakers_numbered_paragraphs_are_speeches()
    {
        var speeches = Read(
            "一、村道塌方三个月没有人修\n二、自来水经常浑浊发黄\n三、没有路灯晚上不敢出门"
        );
        Assert.Equal(3, speeches.Count);
        Assert.Equal("自来水经常浑浊发黄", speeches[1].Text);
    }

    [Fact]
    public void A_word_document_reads_like_its_text()
    {
        var file = new MemoryStream();
        using (var word = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
            word.AddMainDocumentPart().Document = new Document(
                new Body(
                    new[] { "村民赵六：学校门口没有斑马线。", "县交警大队：一个月内划好。" }.Select(
                        text => new Paragraph(new Run(new WordText(text)))
                    )
                )
            );
        file.Position = 0;
        var speech = Assert.Single(MinutesReader.Read(file));
        Assert.Equal(Outcome.Promised, speech.Outcome);
        Assert.Equal("村民赵六", speech.Speaker);
    }

    [Fact]
    public void What_cannot_be_read_says_why()
    {
        Assert.Equal("file.empty", Code([]));
        Assert.Equal("minutes.noSpeech", Code("今天天气很好"u8.ToArray()));
        Assert.Equal("file.oldWord", Code([0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0]));
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create))
            archive.CreateEntry("a.txt").Open().Dispose();
        Assert.Equal("file.notWord", Code(zip.ToArray()));

        static string Code(byte[] file) =>
            Assert
                .Throws<UnreadableFileException>(() => MinutesReader.Read(new MemoryStream(file)))
                .Rejection.Code;
    }
}
