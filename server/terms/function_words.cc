#include "server/terms/function_words.h"

#include <map>
#include <string>

#include <absl/container/flat_hash_set.h>

#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

constexpr std::string_view kEnglish =
    "a an the and or but nor so yet if then else than that this these those which who whom whose "
    "what when where why how while whether because since until unless although though as at by for "
    "from in into of off on onto out over to up upon with within without about above across after "
    "against along among around before behind below beneath beside between beyond despite down "
    "during except inside like near outside past per through throughout till toward towards under "
    "via versus i me my mine myself you your yours yourself he him his himself she her hers "
    "herself "
    "it its itself we us our ours ourselves they them their theirs themselves one ones someone "
    "somebody something anyone anybody anything everyone everybody everything nobody nothing each "
    "every either neither both all any some no none not many much more most few fewer little less "
    "least several enough other others another such same own only just even also too very quite "
    "rather almost nearly already still again ever never always often sometimes now today tomorrow "
    "yesterday here there soon later once twice first second third last next two three four five "
    "six seven eight nine ten hundred thousand million billion am is are was were be been being "
    "isn't aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't haven't hasn't "
    "have has had having do does did doing done will would shall should can could may might must "
    "say says said saying tell tells told make makes made making take takes took taken taking get "
    "gets got getting go goes went gone going come comes came coming see sees saw seen know knows "
    "knew known think thinks thought want wants wanted give gives gave given find finds found use "
    "uses used using become becomes became keep keeps kept let lets put puts begin begins began "
    "seem seems seemed show shows showed shown try tries tried call calls called ask asks asked "
    "need needs needed feel feels felt leave leaves left bring brings brought happen happens "
    "happened write writes wrote written sit stand hear run runs move lie believe believes "
    "believed "
    "according however therefore thus hence instead yes well good great new old big small high low "
    "long short large able different important right really actually perhaps maybe ago away back "
    "able bad best better better further back way ways lot lots thing things time times year years "
    "day days week weeks month months hour hours minute minutes "
    "mr mrs ms etc vs i'm it's that's there's he's she's they're we're you're i've we've they've "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june "
    "july august september october november december part number kind end percent per cent";

constexpr std::string_view kEstonian =
    "ja ning või ega aga kuid vaid ent et kui kuigi sest nagu otsekui ehk siis nii niisugune "
    "selline see selle seda sellest sellega selles sellele sellel sellelt selleks need nende neid "
    "neist nendest nendega neile neil nendel nendele too tolle toda ma mina mu minu mind minule "
    "mulle mul minul minust minuga sa sina su sinu sind sulle sul ta tema teda talle tal temal "
    "temale temast temaga me meie meid meile meil meist meiega te teie teid teile teil nad nemad "
    "neile oma end ennast enda endale endast ise enese keegi kellegi kedagi miski midagi millegi "
    "kes kelle keda kellele kellel kellest kellega mis mille mida millest millega milles millele "
    "millel milline millise millised millal kus kust kuhu kuidas miks kas iga igaüks kõik kõike "
    "kõigi kõigile kõiki kõikide kogu terve mõni mõne mõned mõnda mõlemad mõlema muu muud muude "
    "teine teise teist teised teiste teisi sama samas samuti ainus ainult vaid isegi veel juba "
    "jälle "
    "kohe praegu täna homme eile nüüd varem hiljem alati mitte kunagi sageli tihti väga üsna päris "
    "liiga peaaegu umbes ligi rohkem vähem enam kõige palju vähe mitu mitme mitut paar paari üks "
    "ühe "
    "üht ühte kaks kahe kaht kahte kolm kolme neli nelja viis viie kuus kuue seitse kaheksa üheksa "
    "kümme kümne sada saja tuhat tuhande miljon miljoni miljonit miljard miljardi miljardit "
    "esimene "
    "esimese esimest esimesed viimane viimase viimast viimased järgmine järgmise eelmine eelmise "
    "on "
    "olen oled oleme olete oli olid olin olime ole olla olnud olema oleks olevat pole polnud "
    "poleks "
    "ei saab saad saan saame saavad sai said saada saanud saama võib võin võime võivad võis võiks "
    "võida võinud peab pean peame peavad pidi pidid peaks tuleb tulevad tuli tulla tulnud läheb "
    "läks minna läinud teeb teevad tegi teha teinud tehtud ütles ütleb ütlesid öelnud öelda sõnul "
    "annab andis anda andnud hakkab hakkas hakata jääb jäi jääda tahab tahtis teab teada näeb nägi "
    "näha leiab leidis peale pärast enne ajal jooksul vahel vastu eest ees ette taga taha tagant "
    "juures juurde juurest kohta kohal poolt pool poole üle alla all alt peal pealt sees sisse "
    "seest "
    "väljas välja läbi mööda ümber kaudu abil tõttu pärast asemel kõrval seas hulgas suhtes kaasa "
    "koos ilma ilmselt võimalik samal ajal siin siia siit seal sinna sealt ära maha edasi tagasi "
    "üles kokku lahti kinni vaja tegelikult muidugi siiski seega seetõttu näiteks eelkõige hea "
    "suur "
    "suure suurt suured suurem väike väikese uus uue uut uued vana pikk lühike kõrge madal palju "
    "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember "
    "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev "
    "aasta aastal aastat aastate aastas aastaks aastast päev päeva päeval päevad kuu kuud kuul "
    "nädal nädala nädalat tund tundi tunni minut minutit aeg aega ajal protsent protsenti "
    "protsendi osa asi asja asju";

constexpr std::string_view kLithuanian =
    "ir bei ar arba o bet tačiau kad jog jei jeigu kai kaip nes nors tik tiktai dar jau vis taip "
    "ne "
    "nei net gal galbūt juk gi pat pats pati paties patį pačios pačią patys pačių savo save sau "
    "savimi aš manęs mane man mano manimi tu tavęs tave tau tavo jis jo jam jį juo jame ji jos jai "
    "ją ja joje mes mūsų mums mus mumis jūs jūsų jums jus jie jų jiems juos jais juose jos joms "
    "jas "
    "jomis šis šio šiam šį šiuo šiame šie šių šiems šiuos šiais šiuose ši šios šiai šią šia šioje "
    "šiomis tas to tam tą tuo tame tie tų tiems tuos tais tuose ta tos tai toje toms tomis tokia "
    "toks tokio tokį tokie tokių tokios kas ko kam ką kuo kame kuris kurio kuriam kurį kuriuo "
    "kuriame "
    "kurie kurių kuriems kuriuos kuriais kuriuose kuri kurios kuriai kurią kuria kurioje kuriomis "
    "kurias koks kokia kokio kokie kokių kiek keli kelios kelis kelių keletas visi visų visiems "
    "visus visais visuose visos visas viso visą visa visoje visas kitas kito kitą kiti kitų "
    "kitiems "
    "kitus kita kitos kitą kitoje kiekvienas kiekvieno kiekvieną kiekviena joks jokio vienas vieno "
    "vieną viena vienos vienam vienu vieni du dviejų dvi dviem trys trijų tris keturi keturių "
    "penki "
    "penkių šeši septyni aštuoni devyni dešimt šimtas šimtai tūkstantis tūkstančių milijonas "
    "milijonų milijardų pirmas pirmasis pirmą pirmoji antras antrasis paskutinis per po prie prieš "
    "priešais pro su be iš iki į ant apie dėl nuo tarp už virš pagal pas šalia aplink anot link "
    "kartu kur iš čia ten dabar šiandien vakar rytoj tada tuomet kada niekada visada dažnai labai "
    "gana beveik daug daugiau daugelis daugiausia mažai mažiau maždaug apytiksliai yra esu esi "
    "esame "
    "buvo buvau bus būtų būti esant buvęs buvusi nėra nebuvo nebus turi turėjo turės turėti gali "
    "galėjo galės galėtų galėti reikia reikėjo sako sakė teigė teigia pasakė nori norėjo daro darė "
    "daryti tapo taps gavo duoda davė ėmė eina ėjo atsidūrė sausis vasaris kovas balandis gegužė "
    "birželis liepa rugpjūtis rugsėjis spalis lapkritis "
    "gruodis pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis "
    "sekmadienis "
    "metai metų metus metais metuose diena "
    "dieną dienos dienų dienomis mėnuo mėnesio mėnesį mėnesių savaitė savaitę savaitės valanda "
    "valandą valandų minutė minučių laikas laiko laiku laiką procentas procentų proc dalis dalį "
    "dalies naujas naujo naują nauja nauji naujų didelis "
    "didelė didelį didelio dideli didelių mažas geras gera gerai ilgas aukštas svarbu todėl taigi "
    "pavyzdžiui pvz būdu metu atveju";

constexpr std::string_view kRussian =
    "и а но или либо да же ли бы б что чтобы как если когда хотя пока чем то так тоже также потому "
    "поэтому поскольку ведь вот даже лишь только уже еще не ни нет в во на над под с со к ко о об "
    "обо от ото до для из изо за по при про у без через между среди после перед около вокруг "
    "против "
    "вместо кроме ради сквозь согласно благодаря вследствие ввиду я меня мне мной мы нас нам нами "
    "ты "
    "тебя тебе тобой вы вас вам вами он его ему им нем она ее ей ею ней оно они их ими них нее "
    "него "
    "нему ним ними себя себе собой свой своя свое свои своего своей своих своим своему своими свою "
    "мой моя мое мои моего моей моих мою твой наш наша наше наши нашего нашей наших ваш ваша ваши "
    "этот эта это эти этого этой этих этому этим этом эту этими тот та те того той тех тому тем "
    "том "
    "ту теми такой такая такое такие такого таких таким кто кого кому кем ком чего чему чем "
    "который "
    "которая которое которые которого которой которых которому которым котором которую которыми "
    "какой какая какие каких какого каждый каждого каждая каждой весь вся все всего всей всех "
    "всему "
    "всем всю всеми сам сама само сами самого самой самых самый самая самые другой другая другие "
    "других другого другом иной иные один одна одно одни одного одной одному одном одну одним два "
    "две двух двум двумя три трех трем четыре четырех пять пяти шесть семь восемь девять десять "
    "сто "
    "тысяча тысячи тысяч миллион миллиона миллионов миллиард миллиарда миллиардов первый первая "
    "первое первые первого первой первых второй вторая второго последний последние последних "
    "несколько много многие многих мало больше меньше более менее очень почти слишком совсем "
    "весьма "
    "где куда откуда здесь там туда сюда тогда теперь сейчас сегодня вчера завтра всегда никогда "
    "иногда часто снова опять быть есть был была было были буду будет будут будем был бывает стал "
    "стала стали стать становится может могут мог могла могли можно нужно надо должен должна "
    "должны "
    "должно нельзя имеет имеют иметь имел сказал сказала говорит говорят сообщил сообщила заявил "
    "заявила отметил считает является являются являлся сделать делать делает хочет хотят дал дать "
    "дает январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь "
    "понедельник вторник среда четверг пятница суббота воскресенье время времени года год году "
    "годы лет годов день дня дней дни месяц месяца месяцев неделя "
    "недели неделю недель час часа часов минут минуты раз раза людей люди людям "
    "людьми процент процента процентов часть части новый новая новое новые нового новой новых "
    "большой большая большое большие больших большого хороший хорошая хорошо старый однако "
    "например "
    "впрочем кстати конечно наверное возможно именно особенно просто вместе стороны образом случае "
    "течение";

// Nouns of wide meaning, in their base form.
constexpr std::string_view kGeneralEnglish =
    "place question problem group member name side area point fact case reason result situation "
    "change order level form kind sort type amount rest top bottom front look idea word story life "
    "house home family friend child boy girl guy room door car water food night morning evening "
    "moment century decade age date hand head eye face body line game team player goal match club "
    "fan season score work job money price cost company business city town street country world "
    "nation report news plan step decision effort help support use need lack view sense feeling "
    "start beginning middle size length height piece pair set list range field record example "
    "experience event meeting day today talk person statement attempt chance risk role process";
constexpr std::string_view kGeneralEstonian =
    "koht küsimus probleem rühm grupp liige nimi külg ala punkt fakt juhtum juhus põhjus tulemus "
    "olukord muutus kord tase vorm liik tüüp hulk ots mõte sõna lugu elu maja kodu pere perekond "
    "sõber laps poiss tüdruk tuba uks auto vesi toit öö hommik õhtu hetk sajand aastakümme vanus "
    "kuupäev käsi pea silm nägu keha joon mäng meeskond mängija värav klubi hooaeg töö raha hind "
    "kulu ettevõte firma linn tänav riik maailm rahvas aruanne uudis plaan samm otsus abi toetus "
    "vajadus vaade tunne algus keskel lõpp suurus pikkus paar nimekiri rekord näide kogemus "
    "sündmus kohtumine mees naine viis moodus võimalus teema arv rida roll protsess tegevus";
constexpr std::string_view kGeneralLithuanian =
    "vieta klausimas problema grupė narys vardas pusė sritis taškas faktas atvejis priežastis "
    "rezultatas padėtis situacija pokytis tvarka lygis forma rūšis tipas kiekis galas mintis žodis "
    "istorija gyvenimas namas namai šeima draugas vaikas berniukas mergina mergaitė kambarys durys "
    "automobilis vanduo maistas naktis rytas vakaras akimirka amžius dešimtmetis data ranka galva "
    "akis veidas kūnas linija žaidimas komanda žaidėjas įvartis klubas sezonas darbas pinigai "
    "kaina "
    "įmonė bendrovė miestas gatvė šalis valstybė pasaulis tauta pranešimas naujiena planas "
    "žingsnis "
    "sprendimas pagalba parama poreikis vaizdas jausmas pradžia vidurys pabaiga dydis ilgis pora "
    "sąrašas rekordas pavyzdys patirtis įvykis susitikimas vyras moteris būdas galimybė tema "
    "skaičius eilė vaidmuo procesas veikla";
constexpr std::string_view kGeneralRussian =
    "место вопрос проблема группа член имя сторона область точка факт случай причина результат "
    "положение ситуация изменение порядок уровень форма вид тип количество конец мысль слово "
    "история жизнь дом семья друг ребенок дети мальчик девочка девушка комната дверь машина вода "
    "еда ночь утро вечер момент век десятилетие возраст дата рука голова глаз лицо тело линия игра "
    "команда игрок гол матч клуб сезон работа деньги цена компания город улица страна мир народ "
    "отчет новость план шаг решение помощь поддержка потребность взгляд чувство начало середина "
    "размер длина пара список рекорд пример опыт событие встреча мужчина женщина способ "
    "возможность тема число ряд роль процесс деятельность качество отношение образ цель "
    "большинство "
    "действие условие состояние средство";

using Words = absl::flat_hash_set<std::string_view>;

Words WordsOf(std::string_view list) {
  const std::vector<std::string_view> words = Split(list);
  return {words.begin(), words.end()};
}

using Lists = std::map<std::string_view, Words>;

// Null if there is no list for the language.
const Words* ListOf(const Lists& lists, std::string_view language) {
  const auto list = lists.find(language);
  return list == lists.end() ? nullptr : &list->second;
}

}  // namespace

bool IsFunctionWord(std::string_view language, std::string_view word) {
  static const Lists lists{{"en", WordsOf(kEnglish)},
                           {"et", WordsOf(kEstonian)},
                           {"lt", WordsOf(kLithuanian)},
                           {"ru", WordsOf(kRussian)}};
  const Words* const words = ListOf(lists, language);
  constexpr std::size_t kShort = 3;
  return words != nullptr ? words->contains(word) : Length(word) <= kShort;
}

bool IsGeneralWord(std::string_view language, std::string_view word) {
  static const Lists lists{{"en", WordsOf(kGeneralEnglish)},
                           {"et", WordsOf(kGeneralEstonian)},
                           {"lt", WordsOf(kGeneralLithuanian)},
                           {"ru", WordsOf(kGeneralRussian)}};
  const Words* const words = ListOf(lists, language);
  return words != nullptr && words->contains(word);
}

bool IsLinkWord(std::string_view language, std::string_view word) {
  return (language == "en" && IsOneOf(word, "of the for on")) ||
         (language == "ru" && IsOneOf(word, "о об по для на"));
}

}  // namespace sild::terms
