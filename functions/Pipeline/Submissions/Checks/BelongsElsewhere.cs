using System.Text.RegularExpressions;

namespace OpinionPipeline.Pipeline.Submissions.Checks;

/// <summary>Tells when something has a channel of its own, and names it. It is taken all the same; a person decides.</summary>
public static partial class BelongsElsewhere
{
    /// <summary>A notice, or null.</summary>
    public static Notice? Find(string title, string body)
    {
        var text = $"{title}\n{body}";
        foreach (var (code, pattern, zh, en) in Channels)
        {
            var words = pattern.Matches(text).Select(m => m.Value).Distinct().Take(5).ToList();
            if (words.Count > 0)
                return new Notice($"belongs-elsewhere.{code}", zh, en, words);
        }
        return null;
    }

    // The gravest first: a text that holds a secret is not passed on as a petition.
    private static readonly (string Code, Regex Pattern, string Zh, string En)[] Channels =
    [
        (
            "secret",
            Secret(),
            "疑似涉及国家秘密：请勿经本渠道传送，请联系县保密行政管理部门。",
            "May touch state secrets: do not send it this way; turn to the county's secrecy administration."
        ),
        (
            "denunciation",
            Denunciation(),
            "检举控告公职人员的，请向县纪委监委反映（电话12388）。",
            "Accusations against public officials go to the county's discipline inspection and supervision commission (telephone 12388)."
        ),
        (
            "lawsuit",
            Lawsuit(),
            "涉诉涉法事项请通过人民法院、人民检察院的诉讼程序解决，可向县法律援助中心（电话12348）求助。",
            "Matters before a court follow the procedure of court and procuratorate; the legal aid centre (telephone 12348) helps."
        ),
        (
            "arbitration",
            Arbitration(),
            "劳动争议可向县劳动人事争议仲裁委员会申请仲裁，或拨打12333。",
            "Labour disputes go to the county's arbitration commission, or telephone 12333."
        ),
        (
            "petition",
            Petition(),
            "个人信访事项请到县信访局登记办理。",
            "Personal petitions are registered with the county's bureau for letters and visits."
        ),
    ];

    [GeneratedRegex("绝密|机密文件|涉密文件|国家秘密|内部涉密")]
    private static partial Regex Secret();

    [GeneratedRegex(
        "(?:实名|匿名)?(?:检举|控告)|举报[^。！？，]{0,12}(?:贪污|受贿|行贿|索贿|挪用|以权谋私|腐败)|(?:贪污|受贿|索贿|收受贿赂|挪用公款)[^。！？]{0,20}(?:书记|主任|局长|镇长|乡长|干部|村长|所长)|(?:书记|主任|局长|镇长|乡长|干部|村长|所长)[^。！？]{0,20}(?:贪污|受贿|索贿|收受贿赂|挪用公款)"
    )]
    private static partial Regex Denunciation();

    [GeneratedRegex(
        "不服[^。！？]{0,12}判决|判决书|(?:一审|二审|再审)(?:判决|败诉|胜诉|裁定)|(?:法院|执行局)[^。！？]{0,16}(?:不执行|执行不|未执行|迟迟)|申请(?:再审|抗诉|强制执行)|已(?:经)?(?:起诉|立案)"
    )]
    private static partial Regex Lawsuit();

    [GeneratedRegex("(?:劳动|人事)仲裁(?:裁决|委|结果|裁定)")]
    private static partial Regex Arbitration();

    [GeneratedRegex(
        "(?:多次|一直|继续|已经?|再次)(?:上访|信访)|信访(?:件|答复意见书|事项|复查|复核)|重复信访"
    )]
    private static partial Regex Petition();
}
