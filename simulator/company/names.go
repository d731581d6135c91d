package company

import "strings"

// tongue is the stock of names of a language. Names of other scripts carry
// their Latin form behind a "|".
type tongue struct {
	given, family []string
	familyFirst   bool // written "Yamada Taro"
}

func words(s string) []string { return strings.Fields(s) }

// tongues are made on each call: the table is data and is never changed.
func tongues() map[string]tongue {
	return map[string]tongue{
		"german": {
			given: words(`Anna Lukas Marie Jakob Lena Felix Sophie Maximilian Hannah Elias Katharina Jürgen Günther Ulrike Björn
			Franz-Josef Käthe Sebastian Ingeborg Wolfgang Theresa Matthias Verena Dominik Hans-Jürgen Birgit`),
			family: words(`Huber Gruber Müller Schröder Weiß Köhler Großmann Hofer Steiner Schmidt Bauer Pichler Öllinger Mayr Fuchs Wöhrer
			Leitner Schwarz Moser Krause Böhm Haas-Lindner Zimmermann Überbacher Eder`),
		},
		"english": {
			given: words(`Oliver Amelia Harry Isla Jack Emily George Ava Charlie Grace William Ruth Thomas Freya Arthur Hazel
			Shaun Moira Desmond Beatrix Callum Imogen Rory Philippa`),
			family: words(`Smith Jones Taylor O'Brien Walker Wright Thompson Evans Hughes MacDonald Clarke O'Neill Fletcher Ashworth
			Patterson Whitfield Fitzgerald Lloyd-Jones Barrow Kingsley Hartley Pemberton`),
		},
		"french": {
			given:  words(`Camille Léa Hugo Chloé Théo Zoé Benoît François Hélène Noël Aurélie Rémi Anaïs Jean-Luc Marie-Claire Étienne Gaëlle`),
			family: words(`Martin Lefèvre Dubois Moreau Garçon Rousseau d'Arcy Lévêque Faure Chénier Roux Bélanger Müntz Gauthier Thériault`),
		},
		"spanish": {
			given:  words(`Sofía Mateo Lucía Iñigo Martina Álvaro Begoña Nicolás Inés Joaquín Núria Raúl Ximena Jesús Ángela`),
			family: words(`García Muñoz Fernández Peña Ibáñez López Núñez Ordóñez Vázquez Castaño Güell Herrera Zúñiga Ramírez`),
		},
		"portuguese": {
			given:  words(`João Beatriz Luís Inês Gonçalo Conceição Tiago Luísa Antônio Assunção Rafael Débora`),
			family: words(`Silva Guimarães Gonçalves Araújo Magalhães Conceição Simões Pereira Falcão Brandão Lourenço`),
		},
		"polish": {
			given:  words(`Zofia Łukasz Agnieszka Michał Małgorzata Paweł Bożena Wojciech Grażyna Stanisław Kinga Zbigniew`),
			family: words(`Nowak Wójcik Kowalczyk Zieliński Woźniak Dąbrowski Kozłowska Żurek Grzęda Ścibor Łuczak Brzęczyszczykiewicz`),
		},
		"nordic": {
			given:  words(`Åsa Björn Kjerstin Søren Håkon Ingrid Göran Åke Maj-Britt Þóra Eivind Ylva`),
			family: words(`Berg Åkerström Sjögren Halvorsen Bjørnstad Lindqvist Østergaard Nyström Ångström Þorláksdóttir Kjær`),
		},
		"slavic": {
			given:  words(`Nikola Jelena Marko Ivana Dragan Željko Đorđe Šárka Ondřej Božidar Mirjana Václav`),
			family: words(`Novák Dvořáková Petrović Jovanović Kovačević Šimić Đukić Horváth Čermák Ivanov Hřebíček`),
		},
		"turkish": {
			given:  words(`Ayşe Mehmet Elif Çağlar Gülşah Oğuz İpek Yiğit Sıla Barış Ömer`),
			family: words(`Yılmaz Öztürk Şahin Çelik Güneş Doğan Kılıç Aydın Erdoğdu`),
		},
		"vietnamese": {
			given:  words(`Thảo Đức Hương Tuấn Phượng Nguyệt Bảo Quỳnh`),
			family: words(`Nguyễn Trần Lê Phạm Đặng Võ Bùi Hoàng`), familyFirst: true,
		},
		"indian": {
			given:  words(`Aarav Ananya Vihaan Diya Arjun Kavya Rohan Meera Siddharth Lakshmi Rahul Padmavathi Venkatanarasimha`),
			family: words(`Sharma Patel Iyer Reddy Chatterjee Singh Krishnamurthy Nair Kulkarni Mukhopadhyay Subramanian Das`),
		},
		"african": {
			given:  words(`Amina Kwame Wanjiru Otieno Zanele Chidi Njeri Mwangi Ayodele Fatou`),
			family: words(`Mwangi Okafor Ndlovu Kamau N'Diaye Achieng Mensah Wairimu Odhiambo`),
		},
		"chinese latin": {given: words(`Wei Xiaoming Jing Mei-Ling Haoran Yuxi`), family: words(`Wang Li Zhang Chen Ouyang Zhao`)},
		"arabic latin":  {given: words(`Yasmine Karim Leïla Mehdi Samira Noureddine`), family: words(`Benali El-Khoury Haddad Ben-Youssef Mansouri`)},
		"greek": {
			given:  words(`Γιώργος|Giorgos Ελένη|Eleni Νίκος|Nikos Σοφία|Sofia Κώστας|Kostas Δήμητρα|Dimitra`),
			family: words(`Παπαδόπουλος|Papadopoulos Γεωργίου|Georgiou Νικολάου|Nikolaou Οικονόμου|Oikonomou Αθανασίου|Athanasiou`),
		},
		"cyrillic": {
			given:  words(`Иван|Ivan Мария|Maria Георги|Georgi Олена|Olena Тарас|Taras Жана|Zhana Юлия|Yulia Сергій|Serhiy`),
			family: words(`Петров|Petrov Димитрова|Dimitrova Шевченко|Shevchenko Щерев|Shterev Їжакевич|Yizhakevych Георгиев|Georgiev Цветкова|Tsvetkova`),
		},
		"japanese": {
			given:  words(`太郎|Taro 花子|Hanako 健太|Kenta 美咲|Misaki 翔|Sho 陽菜|Hina 大輔|Daisuke さくら|Sakura`),
			family: words(`山田|Yamada 佐藤|Sato 鈴木|Suzuki 髙橋|Takahashi 渡邊|Watanabe 長谷川|Hasegawa 小鳥遊|Takanashi`), familyFirst: true,
		},
		"korean": {
			given:  words(`민준|Minjun 서연|Seoyeon 지훈|Jihoon 수빈|Subin 예은|Yeeun`),
			family: words(`김|Kim 이|Lee 박|Park 최|Choi 황보|Hwangbo`), familyFirst: true,
		},
		"chinese": {
			given:  words(`小明|Xiaoming 美玲|Meiling 浩然|Haoran 子轩|Zixuan 雨桐|Yutong`),
			family: words(`王|Wang 李|Li 张|Zhang 陳|Chen 欧阳|Ouyang 諸葛|Zhuge`), familyFirst: true,
		},
		"hebrew": {
			given:  words(`דוד|David נועה|Noa יעל|Yael איתי|Itai תמר|Tamar`),
			family: words(`כהן|Cohen לוי|Levi מזרחי|Mizrahi פרץ|Peretz בן־דוד|Ben-David`),
		},
		"arabic": {
			given:  words(`محمد|Mohammed فاطمة|Fatima أحمد|Ahmed ليلى|Layla خالد|Khaled نورة|Noura`),
			family: words(`العلي|Al-Ali المنصوري|Al-Mansoori الهاشمي|Al-Hashimi حداد|Haddad القاسمي|Al-Qasimi`),
		},
	}
}
