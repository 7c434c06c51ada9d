using System.Collections.Frozen;

namespace OpinionPipeline.Text;

/// <summary>The traditional characters met in letters and posts, and their simplified forms (one to one only).</summary>
internal static class TraditionalCharacters
{
    private const string Traditional =
        "們來個為這時會對發現後裡麼說無與從進還過開關長門問間見車電話書國學校員會區縣鎮鄉號樓廠場園廣東風飛馬魚鳥龍體點黨導團圖塊壞報壓處備復夠頭夾奪奮婦媽孫寧實寬審寫將專對導屬歲島幣師帶幫幹庫廁廟廢張強彈當徑從復徵應態慘慮慣憂憐懷戰戲戶擇擊據擠擴擺擾攝敗敵數斷於晝暫曆東條楊業極構槍樣機橋橫檢權歡歷歸殘殺氣決沒況湧淚淨減測滅滬滿漁漢漲潔濟濕濱灣災無煙煩熱營爐爭爾牆狀猶獎獨獲獻環產畝畢畫異當療癢發盜盡監盤眾睜矯礦確禮禍離種稱積穩窮竊競筆節範築簡糧糾紅約級紀紛紙細終組結絕給統經綠維網緊緒線練縣總績織續罰罷職聯聖聞聲聽腦腳膚臉臨臺舉舊艙藝藥蘇蘭處虛蟲補裝製複規視覺覽觀計訂討訓託記許設訪證評詞試詢該詳認語誤說課調談請論諸講謝譜警議護讀變讓貝負財貢貧貨販責貪貫貴買費貼賀資賓賞賠賣質賴賺購贈贊趕趙跡踐軌軍軟較載輕輛輪輸轉辦農運過達違遠適遲遺選邊郵鄰鄧鄭醫釋針鈔鋼錄錢錯鍋鎖鏡鐘鐵鑒閉閑閱闆陣陰陳陸陽隊階際隨險隱隻難雙雜雞靈靜響頁項順須預領頻題額顏願類顧顯飯飲養館餘驗驚驗鬆鬧鮮麗麥黃齊齒齡";

    private const string Simplified =
        "们来个为这时会对发现后里么说无与从进还过开关长门问间见车电话书国学校员会区县镇乡号楼厂场园广东风飞马鱼鸟龙体点党导团图块坏报压处备复够头夹夺奋妇妈孙宁实宽审写将专对导属岁岛币师带帮干库厕庙废张强弹当径从复征应态惨虑惯忧怜怀战戏户择击据挤扩摆扰摄败敌数断于昼暂历东条杨业极构枪样机桥横检权欢历归残杀气决没况涌泪净减测灭沪满渔汉涨洁济湿滨湾灾无烟烦热营炉争尔墙状犹奖独获献环产亩毕画异当疗痒发盗尽监盘众睁矫矿确礼祸离种称积稳穷窃竞笔节范筑简粮纠红约级纪纷纸细终组结绝给统经绿维网紧绪线练县总绩织续罚罢职联圣闻声听脑脚肤脸临台举旧舱艺药苏兰处虚虫补装制复规视觉览观计订讨训托记许设访证评词试询该详认语误说课调谈请论诸讲谢谱警议护读变让贝负财贡贫货贩责贪贯贵买费贴贺资宾赏赔卖质赖赚购赠赞赶赵迹践轨军软较载轻辆轮输转办农运过达违远适迟遗选边邮邻邓郑医释针钞钢录钱错锅锁镜钟铁鉴闭闲阅板阵阴陈陆阳队阶际随险隐只难双杂鸡灵静响页项顺须预领频题额颜愿类顾显饭饮养馆余验惊验松闹鲜丽麦黄齐齿龄";

    private static readonly FrozenDictionary<char, char> Table = Traditional
        .Zip(Simplified)
        .DistinctBy(p => p.First)
        .ToFrozenDictionary(p => p.First, p => p.Second);

    public static char Simplify(char c) => c < 0x4E00 ? c : Table.GetValueOrDefault(c, c);
}
