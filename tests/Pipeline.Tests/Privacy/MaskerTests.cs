using FsCheck;
using FsCheck.Fluent;
using OpinionPipeline.Pipeline.Privacy;

namespace OpinionPipeline.Pipeline.Tests.Privacy;

public sealed class MaskerTests
{
    [Theory]
    [MemberData(nameof(MaskingTable.Goes), MemberType = typeof(MaskingTable))]
    public void What_the_table_says_must_go_goes(string text, string expected) =>
        Assert.Equal(expected, Masker.Mask(text).Text);

    [Theory]
    [MemberData(nameof(MaskingTable.Stays), MemberType = typeof(MaskingTable))]
    public void What_the_table_says_must_stay_stays(string text) =>
        Assert.Equal(text, Masker.Mask(text).Text);

    [Theory]
    [InlineData("身份证11010519491231002X", "身份证〔身份证号〕")]
    [InlineData(
        "身份证号码：１１０１０５１９４９１２３１００２Ｘ，请核实",
        "身份证号码：〔身份证号〕，请核实"
    )]
    [InlineData("老证130503670401001", "老证〔身份证号〕")]
    [InlineData("电话13800138000", "电话〔手机号〕")]
    [InlineData("请打+86 138-0013-8000联系", "请打〔手机号〕联系")]
    [InlineData("座机0731-84512345", "座机〔电话〕")]
    [InlineData("联系电话：84512345", "联系电话：〔电话〕")]
    [InlineData("流水6222021234567890127", "流水6222021234567890127")]
    [InlineData("卡号4111 1111 1111 1111", "卡号〔银行卡号〕")]
    [InlineData("发到wang.li@example.com", "发到〔邮箱〕")]
    [InlineData("微信号：lanhe_2026", "微信号：〔微信号〕")]
    [InlineData("加QQ：123456789", "加QQ：〔QQ号〕")]
    [InlineData("车牌湘A·12345逆行", "车牌〔车牌号〕逆行")]
    [InlineData("新能源车粤AD12345占道", "新能源车〔车牌号〕占道")]
    [InlineData("我叫王小明，住在东门", "我叫〔姓名〕，住在东门")]
    [InlineData("联系人：张三", "联系人：〔姓名〕")]
    [InlineData("姓名:欧阳修文 电话13900139000", "姓名:〔姓名〕 电话〔手机号〕")]
    [InlineData(
        "本人李建国，是柳溪村村民。李建国种田为生",
        "本人〔姓名〕，是柳溪村村民。〔姓名〕种田为生"
    )]
    [InlineData(
        "班主任郑晓岚老师收补课费，郑晓岚还发了名单",
        "班主任〔姓名〕老师收补课费，〔姓名〕还发了名单"
    )]
    [InlineData("我家在3栋2单元501室漏水", "我家在〔门牌〕漏水")]
    public void Personal_data_is_replaced_by_what_it_is(string text, string expected) =>
        Assert.Equal(expected, Masker.Mask(text).Text);

    [Theory]
    [InlineData("房价12800元一平，首付380000元")]
    [InlineData("2019年4月25日9:32:09")]
    [InlineData("国办发〔2020〕12号文件")]
    [InlineData("根据《物权法》第73条规定")]
    [InlineData("保单号4111111111111111")]
    [InlineData("黄老师和王主任都说不知道，校长和学生，护士查房时，主任解释说，局长周末不在")]
    [InlineData("本人高度关注此事")]
    [InlineData("本人强烈要求处理，我是一名业主")]
    [InlineData("拨打12345没有人接，12388也打过")]
    [InlineData("安泰家园3栋电梯坏了")]
    [InlineData("联系人：县住建局")]
    [InlineData("12路公交到火车站，全程25公里")]
    [InlineData("合同编号202405180012345678")]
    [InlineData("澜河街道人民东路118号")]
    public void What_the_matter_needs_stays(string text) =>
        Assert.Equal(text, Masker.Mask(text).Text);

    [Fact]
    public void Masking_twice_changes_nothing_and_no_mobile_number_survives_in_Chinese_text()
    {
        var texts = ArbMap
            .Default.ArbFor<int>()
            .Generator.Two()
            .Select(p =>
                (
                    Number: $"1{3 + Math.Abs(p.Item1 % 7)}{Math.Abs((long)p.Item2) % 1_000_000_000:000000000}",
                    At: Math.Abs(p.Item1 % 20)
                )
            );
        Prop.ForAll(
                texts.ToArbitrary(),
                t =>
                {
                    var text = "我们村的路坏了很久请有关部门尽快处理谢谢".Insert(t.At, t.Number);
                    var masked = Masker.Mask(text).Text;
                    return !masked.Contains(t.Number, StringComparison.Ordinal)
                        && Masker.Mask(masked).Text == masked;
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
