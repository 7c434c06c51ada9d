using System.Text;

namespace OpinionPipeline.Pipeline.Rendering;

/// <summary>A page as one HTML file that prints well and needs nothing else.</summary>
public static class HtmlWriter
{
    private const string Style =
        "body{font:16px/1.75 'Noto Serif CJK SC','Songti SC',SimSun,serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}"
        + "h1{font-size:1.6rem;text-align:center;line-height:1.4}h2{font-size:1.2rem;margin-top:1.6rem}h3,h4{font-size:1rem}"
        + "p{text-indent:2em;margin:.3rem 0}small{color:#667}table{border-collapse:collapse;width:100%;margin:.6rem 0}"
        + "th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}th{background:#f3f3f0}"
        // Seven columns on a telephone would be a character wide each: a row becomes a card, each cell names its column.
        + "@media screen and (max-width:40rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}table,tbody,tr,td{display:block}tr{border:1px solid #bbb;margin:.6rem 0;padding:.3rem 0}"
        + "td{border:0;padding:.1rem .8rem}td:empty{display:none}td::before{content:attr(data-label) '：';color:#667}}";

    // What goes out under the letterhead: the sheet and the size of GB/T 9704-2012.
    private const string Official =
        ".mark{color:#c00;font-size:2.2rem;font-weight:bold;text-align:center;text-indent:0;line-height:1.3;margin:2rem 0}"
        + ".number{display:flex;justify-content:space-between;flex-wrap:wrap;text-indent:0;padding:0 1em .5rem;border-bottom:2px solid #c00;margin-bottom:2rem}"
        + ".signature{width:fit-content;margin:2rem 4em 0 auto;text-align:center;text-indent:0}"
        + ".imprint{border:solid #222;border-width:2px 0;margin-top:3rem;break-inside:avoid}.imprint p{text-indent:-2em;padding:.3rem 1em .3rem 3em;margin:0}"
        + ".imprint p+p{border-top:1px solid #222}.imprint .printed{display:flex;justify-content:space-between;flex-wrap:wrap;text-indent:0;padding-left:1em}"
        + "@page{size:A4;margin:37mm 26mm 35mm 28mm}@media print{body{font-size:16pt;max-width:none;margin:0;padding:0}h2,h3,h4{font-size:16pt}}";

    /// <summary>The file's text; everything from outside is escaped.</summary>
    public static string Write(Page page)
    {
        var html = new StringBuilder(
            $"<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><link rel=\"icon\" href=\"data:,\"><title>{Escape(page.Title)}</title><style>{Style}{(page.Masthead is null ? "" : Official)}</style></head><body>\n"
        );
        if (page.Masthead is { } head)
            html.Append(
                $"<p class=\"mark\">{Escape(head.Mark)}</p>\n<p class=\"number\"><span>{Escape(head.Number)}</span>{(head.Signer is { } signer ? $" <span>签发人：{Escape(signer)}</span>" : "")}</p>\n"
            );
        html.Append($"<h1>{Escape(page.Title)}</h1>\n");
        foreach (var block in page.Blocks)
            Write(html, block);
        if (page.Imprint is { } imprint)
            Write(html, imprint);
        return html.Append("</body></html>\n").ToString();
    }

    private static void Write(StringBuilder html, Block block)
    {
        switch (block)
        {
            case Heading heading:
                html.Append(
                    $"<h{heading.Level + 1}>{Escape(heading.Text)}</h{heading.Level + 1}>\n"
                );
                break;
            case Paragraph paragraph:
                html.Append(
                    $"<p>{Escape(paragraph.Text)}{(paragraph.Note is { } note ? $" <small>{Escape(note)}</small>" : "")}</p>\n"
                );
                break;
            case Table table:
                html.Append("<table><thead><tr>");
                foreach (var cell in table.Header)
                    html.Append($"<th scope=\"col\">{Escape(cell)}</th>");
                html.Append("</tr></thead><tbody>\n");
                foreach (var row in table.Rows)
                {
                    html.Append("<tr>");
                    foreach (var (name, cell) in table.Header.Zip(row))
                        html.Append($"<td data-label=\"{Escape(name)}\">{Escape(cell)}</td>");
                    html.Append("</tr>\n");
                }
                html.Append("</tbody></table>\n");
                break;
            case Signature signature:
                html.Append(
                    $"<p class=\"signature\">{Escape(signature.Issuer)}{(signature.Day is { } day ? $"<br>{Escape(day)}" : "")}</p>\n"
                );
                break;
        }
    }

    private static void Write(StringBuilder html, Imprint imprint)
    {
        html.Append("<div class=\"imprint\">\n");
        foreach (var (label, names) in imprint.Lines)
            html.Append($"<p>{Escape(label)}：{Escape(names)}。</p>\n");
        html.Append(
            $"<p class=\"printed\"><span>{Escape(imprint.Issuer)}</span> <span>{Escape(imprint.Printed)}</span></p>\n</div>\n"
        );
    }

    // WebUtility.HtmlEncode would write Chinese beyond the basic plane as numbers.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);
}
