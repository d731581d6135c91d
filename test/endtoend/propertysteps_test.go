//go:build unix

package endtoend

import "strings"

// property opens one property in the sheet of all.
func (p *person) property(name string) {
	p.t.Helper()
	p.Send("/")
	p.WaitFor("Enter to the list")
	p.Send("ctrl+u")
	p.Type(name)
	p.WaitUntil(name+" under the cursor", func(screen string) bool {
		for line := range strings.Lines(screen) {
			if strings.Contains(line, ">   "+name) || strings.Contains(line, "> * "+name) {
				return true
			}
		}
		return false
	})
	p.Send("enter")
	p.WaitFor("Enter edit")
	p.Send("enter")
	p.WaitFor(name + ": ")
}

// becomes types another single value.
func (p *person) becomes(name, value string) {
	p.t.Helper()
	p.property(name)
	p.Send("ctrl+u")
	p.Type(value)
	p.WaitFor("> " + value)
	p.Send("enter")
	p.WaitFor("All properties: ", "* "+name)
}

// gets adds a value to those of a property.
func (p *person) gets(name, value string) {
	p.t.Helper()
	p.property(name)
	p.Send("a")
	p.Type(value)
	p.WaitFor(value)
	p.Send("enter")
	p.WaitFor("+ "+value, "added")
	p.Send("ctrl+s")
	p.WaitFor("All properties: ", "* "+name)
}

// switches one flag, by its name.
func (p *person) switches(property, words string) {
	p.t.Helper()
	p.property(property)
	p.WaitUntil("the cursor at "+words, func(screen string) bool {
		for line := range strings.Lines(screen) {
			if strings.Contains(line, words) && strings.Contains(line, "> ") {
				return true
			}
		}
		p.Send("j")
		p.Settle()
		return false
	})
	p.Send("space")
	p.WaitFor("Sends value ")
	p.Send("enter")
	p.WaitFor("All properties: ", "* "+property)
}

// review has what was changed in the sheet shown.
func (p *person) review(wanted ...string) {
	p.t.Helper()
	p.Send("ctrl+s")
	p.WaitFor(append([]string{"What would change"}, wanted...)...)
	p.Send("enter")
}
