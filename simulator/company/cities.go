package company

// city is an office of the company.
type city struct {
	name    string
	region  string
	code    string   // in office numbers and computer names
	country string   // ISO 3166, two letters
	nation  string   // its name
	tongues []string // whose names people have there; repeated ones are more common
	people  int
	units   []string // departments with a unit of their own
	about   string
}

func (c *city) path() string { return "Staff/" + c.region + "/" + c.name }

var cities = []city{
	{
		"Vienna", "Europe", "VIE", "AT", "Austria",
		[]string{"german", "german", "german", "slavic", "turkish"},
		380,
		[]string{"Engineering", "Sales", "Finance", "Service Desk"},
		"Headquarters",
	},
	{
		"London", "Europe", "LON", "GB", "United Kingdom",
		[]string{"english", "english", "english", "indian", "polish"},
		260,
		[]string{"Engineering", "Sales", "Legal"},
		"United Kingdom and Ireland",
	},
	{"Berlin", "Europe", "BER", "DE", "Germany", []string{"german", "german", "turkish", "vietnamese"}, 190, nil, "Germany"},
	{"Paris", "Europe", "PAR", "FR", "France", []string{"french", "french", "arabic latin"}, 120, nil, "France and Benelux"},
	{"Madrid", "Europe", "MAD", "ES", "Spain", []string{"spanish"}, 90, nil, "Spain and Portugal"},
	{"Warsaw", "Europe", "WAW", "PL", "Poland", []string{"polish"}, 110, nil, "Poland and the Baltics"},
	{"Stockholm", "Europe", "STO", "SE", "Sweden", []string{"nordic"}, 80, nil, "Nordic countries"},
	{"Athens", "Europe", "ATH", "GR", "Greece", []string{"greek"}, 50, nil, "Greece and Cyprus"},
	{"Sofia", "Europe", "SOF", "BG", "Bulgaria", []string{"cyrillic", "cyrillic", "slavic"}, 80, nil, "Bulgaria and Ukraine"},
	{"Tokyo", "Asia Pacific", "TYO", "JP", "Japan", []string{"japanese"}, 90, nil, "Japan"},
	{"Seoul", "Asia Pacific", "SEL", "KR", "Korea", []string{"korean"}, 50, nil, "Korea"},
	{"Singapore", "Asia Pacific", "SIN", "SG", "Singapore", []string{"chinese", "indian", "english"}, 110, nil, "South-East Asia"},
	{"Mumbai", "Asia Pacific", "BOM", "IN", "India", []string{"indian"}, 120, nil, "India"},
	{"Sydney", "Asia Pacific", "SYD", "AU", "Australia", []string{"english", "english", "vietnamese"}, 60, nil, "Australia and New Zealand"},
	{"New York", "Americas", "NYC", "US", "United States", []string{"english", "english", "spanish", "chinese latin"}, 180, nil, "United States"},
	{"Toronto", "Americas", "YTO", "CA", "Canada", []string{"english", "french"}, 70, nil, "Canada"},
	{"São Paulo", "Americas", "SAO", "BR", "Brazil", []string{"portuguese"}, 70, nil, "South America"},
	{"Tel Aviv", "Middle East and Africa", "TLV", "IL", "Israel", []string{"hebrew"}, 50, nil, "Israel"},
	{"Dubai", "Middle East and Africa", "DXB", "AE", "United Arab Emirates", []string{"arabic", "indian"}, 50, nil, "Gulf states"},
	{"Nairobi", "Middle East and Africa", "NBO", "KE", "Kenya", []string{"african"}, 40, nil, "East Africa"},
}

// department is a part of the company; share is out of 100 people of an office.
type department struct {
	name   string
	share  int
	head   string
	titles []string
}

var departments = []department{
	{"Engineering", 30, "Head of Engineering", []string{"Software Engineer", "Senior Software Engineer", "Test Engineer", "Firmware Engineer", "Systems Architect", "Optics Engineer", "Engineering Apprentice"}},
	{"Sales", 20, "Head of Sales", []string{"Account Manager", "Key Account Manager", "Sales Representative", "Pre-sales Consultant", "Sales Assistant"}},
	{"Customer Care", 12, "Customer Care Lead", []string{"Customer Care Agent", "Field Technician", "Spare Parts Coordinator"}},
	{"Production", 10, "Plant Manager", []string{"Assembler", "Calibration Technician", "Shift Supervisor", "Quality Inspector", "Warehouse Clerk"}},
	{"Finance", 8, "Finance Manager", []string{"Accountant", "Payroll Clerk", "Controller", "Accounts Receivable Clerk"}},
	{"Service Desk", 6, "Service Desk Lead", []string{"Service Desk Analyst", "Desktop Engineer", "System Administrator"}},
	{"Marketing", 5, "Head of Marketing", []string{"Content Editor", "Event Manager", "Graphic Designer"}},
	{"Human Resources", 4, "HR Manager", []string{"HR Business Partner", "Recruiter", "Training Coordinator"}},
	{"Legal", 3, "General Counsel", []string{"Legal Counsel", "Contract Manager", "Data Protection Officer"}},
	{"Management", 2, "Site Director", []string{"Executive Assistant", "Chief of Staff"}},
}
