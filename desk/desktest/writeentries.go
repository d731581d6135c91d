package desktest

import "dirdesk/models"

// The parts of the fixture for writing.
const (
	partWrites    = "Writes"
	partElsewhere = "Elsewhere"
	partFull      = "Full"
	partBare      = "Bare"
)

func workshop(base models.DN) models.DN { return base.Child("OU", partWrites) }

// WriteEntries are what [RunWrites] needs below base: containers that not every
// backend can make.
func WriteEntries(base models.DN) []Entry {
	f := &fixture{base: base}
	dn := workshop(base)
	f.unit(dn, "description", "made for tests")
	for _, name := range append(oddContainers(), partElsewhere, partFull, partBare) {
		f.unit(dn.Child("OU", name))
	}
	f.unit(dn.Child("OU", partFull).Child("OU", "Inside"))
	return f.entries
}

// oddContainers are places that a request has to name exactly.
func oddContainers() []string {
	return []string{`Comma, "Quote" \ + Plus`, "Отдел 🦊", "12345", "null"}
}

// oddTexts are values that a protocol may take for something else than text.
func oddTexts() []string {
	return []string{
		`Comma, "Quote" \ + Plus; #1 = <2>`, "12345", "007", "true", "null", "{}", "[1]", "1e5", `"quoted"`,
		"Иван Петров", "fox 🦊", "a+b%20c&d=e", `back\slash`, `CN=Doe\, John`,
	}
}

// oddPasswords are passwords that a domain takes and a protocol may spoil.
func oddPasswords() []string {
	return []string{
		`Blue, "Kettle" \42`, "+Plus Minus1=", "Пароль-Секрет1", "Emoji 🦊 Fox1", "1234567890aA", "null True1",
		`{"Key": 1, "k": [2]}`, " Space-both-1 ", "a+b%20C&d=3", `"Quoted-1"`,
	}
}
