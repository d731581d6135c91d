package company

import "strings"

// oddName is a common name that somebody's program got wrong once.
type oddName struct {
	name  string
	about string
}

// oddNames lie in OU=Odd Names. Each stands for a fault: in quoting, in measuring
// the width on a terminal, in sorting, in what a spreadsheet makes of it, or in
// trusting that a name is harmless.
var oddNames = []oddName{
	{`Berg, Anna`, "comma"},
	{`O'Neill, Shaun (Jr.), MBA`, "several commas and an apostrophe"},
	{`Plus + Minus`, "plus sign"},
	{`Anna "Anni" Huber`, "quotation marks"},
	{`Back\slash`, "backslash"},
	{`Ends in backslash\`, "backslash at the end"},
	{`\2C is no comma`, "looks like an escape"},
	{`#hashtag`, "number sign in front"},
	{`Number #7`, "number sign inside"},
	{`semi;colon`, "semicolon"},
	{`CN=a=b,OU=Staff`, "looks like a DN"},
	{`<angle> & <bracket>`, "angle brackets"},
	{`What? Why?`, "question marks"},
	{` Leading space`, "space in front"},
	{`Trailing space `, "space behind"},
	{`  Both  ways  `, "spaces around and doubled inside"},
	{`*wild(card)*`, "characters of LDAP filters"},
	{`../../etc/passwd`, "looks like a path"},
	{`Robert'); DROP TABLE users;--`, "looks like SQL"},
	{`=HYPERLINK("http://example.com")`, "a spreadsheet would run it"},
	{`+555-0100`, "a spreadsheet would count with it"},
	{`@SUM(A1:A9)`, "a spreadsheet would run it"},
	{`-1`, "a spreadsheet takes it for a number, a command line for a flag"},
	{`--help`, "looks like a flag"},
	{`null`, "JSON's null"},
	{`true`, "JSON's true"},
	{`12345678`, "digits only"},
	{`1e5`, "reads as a number in scientific notation"},
	{`{"dn":["x"]}`, "looks like JSON"},
	{`%41%2C%00 $(reboot) ` + "`id`", "percent escapes and shell substitutions"},
	{`%s%d%!v(MISSING)`, "looks like a format string"},

	{"Иван Петров", "Cyrillic"},
	{"\u0410dministrator", "the first letter is Cyrillic: looks like another account"},
	{"Ελένη Παπαδοπούλου", "Greek"},
	{"山田太郎", "CJK: every character two cells wide"},
	{"王小明 (Xiaoming Wang)", "CJK and Latin"},
	{"김민준", "Hangul"},
	{"\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab", "the same in Hangul, decomposed into letters"},
	{"Ｆｕｌｌ Ｗｉｄｔｈ", "full-width Latin"},
	{"ﾊﾝｶｸ ｶﾅ", "half-width kana"},
	{"محمد العلي", "Arabic, right to left"},
	{"דוד כהן", "Hebrew, right to left"},
	{"Sales שלום Team 123 مرحبا (EU)", "both directions in one name"},
	{"अनीता शर्मा", "Devanagari, with vowel signs"},
	{"สมชาย ใจดี", "Thai, with marks above and below"},
	{"Nguy\u1ec5n Th\u1ecb Ph\u01b0\u1ee3ng", "Vietnamese, composed"},
	{"Nguye\u0302\u0303n Thi\u0323 Phu\u031bo\u031b\u0323ng", "Vietnamese, decomposed"},

	{"Party Planner 🎉", "emoji"},
	{"\U0001F469\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 Family Office", "emoji joined by zero-width joiners"},
	{"\U0001F44B\U0001F3FD Greeter", "emoji with a skin tone"},
	{"\U0001F1E6\U0001F1F9 Austria Desk", "flag: two code points, one picture"},
	{"\u2764\uFE0F Care Team \u260E", "emoji by variation selector, and one without"},
	{"1\uFE0F\u20E3 First Line", "keycap"},
	{"\U0001F469\U0001F3FF\u200D\U0001F680\U0001F9D1\u200D\U0001F4BB\U0001F3F3\uFE0F\u200D\U0001F308 Crew", "several joined emoji in a row"},

	{"Zoe\u0308 Mu\u0308ller", "combining marks behind their letters"},
	{"Z\u0338\u0327\u0322\u0356\u0300\u0341a\u0334\u0323\u0321\u0340l\u0336\u0330\u0310g\u0337\u0331o\u0335\u0358", "many combining marks on each letter"},
	{"\u0301Accent first", "begins with a combining mark"},
	{"Zero\u200bWidth\u2060Space\ufeff", "characters of no width"},
	{"Soft\u00adHyphen and no\u00a0break", "soft hyphen and no-break space"},
	{"Bell\aand backspace\b\b\b", "control characters"},
	{"Delete\x7fd", "the DEL character"},

	{"\x1b[31mRed Alert\x1b[0m", "terminal escape: colour"},
	{"\x1b[2J\x1b[HCleared", "terminal escape: clears the screen"},
	{"\x1b]0;Title taken\aTitle", "terminal escape: window title"},
	{"\x1b]52;c;cm0gLXJm\aClipboard", "terminal escape: writes the clipboard"},
	{"\x1b]8;;http://example.com\x1b\\Link\x1b]8;;\x1b\\", "terminal escape: hyperlink"},
	{"\u009b5mC1 blink\u009b0m", "terminal escape by a C1 control"},
	{"\u202egnp.esrever", "bidirectional override"},
	{"user\u202e\u2066 // admin\u2069 \u2066", "bidirectional isolates: hides its order"},
	{"Line one\nLine two", "newline"},
	{"Return\rOverwrite", "carriage return"},
	{"Tab\tseparated\tname", "tabs"},
	{"Separator\u2028line\u2029paragraph", "Unicode line separators"},

	{strings.Repeat("W", 64), "64 characters, AD's limit"},
	{"Maximiliana Theodora Wilhelmine von und zu Hohenstein-Schwarzach", "one long name"},
	{strings.Repeat("長", 64), "64 characters, 128 cells"},
	{strings.Repeat("😀", 32), "32 emoji: 64 UTF-16 units, AD's limit"},
	{"i" + strings.Repeat("\u0308", 63), "one letter under 63 marks"},
	{".", "a dot"},
}

// oddGroups are groups to go with them, empty ones and one with everybody odd.
var oddGroups = []oddName{
	{`Sales, Europe + Asia`, "comma and plus sign"},
	{`"Quoted" Group`, "quotation marks"},
	{`🔒 Locked Down`, "emoji"},
	{`قسم المبيعات`, "Arabic, right to left"},
	{"\x1b[7mReverse Video\x1b[27m", "terminal escape"},
	{`Everybody odd; and = more #1`, "holds everybody of this unit"},
}
