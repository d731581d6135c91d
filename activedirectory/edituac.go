package activedirectory

import (
	"strconv"

	"dirdesk/models"
)

const uacCannotChange = 0x000040 // never stored: the access list says it

// shownControl is userAccountControl with the flag that the object's access list
// stands for, as Windows' tools show it.
func shownControl(raw string, descriptor []byte) string {
	stored, ok := models.Bits(raw)
	denied, known := deniesPasswordChange(descriptor)
	if !ok || !known {
		return raw
	}
	stored &^= uacCannotChange
	if denied {
		stored |= uacCannotChange
	}
	return strconv.FormatInt(int64(stored), 10)
}
