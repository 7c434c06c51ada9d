using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Privacy;

/// <summary>The door of a private home: building and flat together. The building alone stays, the matter needs it.</summary>
internal static partial class Doors
{
    public static IEnumerable<MaskedPart> Find(string text)
    {
        foreach (Match match in Door().Matches(text))
            yield return new(PersonalDataKind.Door, match.Index, match.Length);
    }

    [GeneratedRegex(
        @"(?<![0-9])[0-9A-Za-z]{1,3}(?:栋|幢|号楼|座|#)(?:[0-9一二三四五六]{1,2}(?:单元|门))?[0-9]{3,4}(?:室|号房|房|户|号(?!楼|线|路))?(?![0-9年万元])"
    )]
    private static partial Regex Door();
}
