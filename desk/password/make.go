// Package password makes passwords that can be read aloud ([Make]), spells them
// for the telephone ([Phonetic]), and holds typed ones against a domain's policy
// ([Check]).
package password

import (
	"crypto/rand"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"dirdesk/internal/english"
	"dirdesk/models"
)

const (
	// madeLength is the least length of a made password.
	madeLength = 16
	// madeTries bounds the draws until one fits the policy and the names.
	madeTries = 100
	// Digits and symbols that nobody mistakes for another, and that every
	// keyboard has.
	madeDigits  = "23456789"
	madeSymbols = "-+=.#"
)

// Make makes a password that can be read aloud and that the policy
// accepts: words with capitals, four digits, symbols between them, and no
// character that looks like another. avoid are the names that must not be part
// of it: the logon name, then the display name.
//
// Three of some 300 words, four of eight digits and one of five symbols are
// about 39 bits: enough for what has to be guessed at a server that counts
// wrong passwords, and is to be changed at the next logon.
func Make(policy models.PasswordPolicy, avoid ...string) (models.Secret, error) {
	strict := policy
	strict.Known, strict.Complexity = true, true
	for range madeTries {
		text, err := drawPassword(max(madeLength, policy.MinLength))
		if err != nil {
			return models.Secret{}, err
		}
		made := models.NewSecret(text)
		if len(Check(strict, made, avoid...)) == 0 {
			return made, nil
		}
	}
	return models.Secret{}, &models.Error{
		Kind: models.ErrPolicy, Action: "make a password", Advice: "No made password fits the domain's rules. Type one.",
	}
}

// drawPassword draws one of at least length characters.
func drawPassword(length int) (string, error) {
	words := strings.Fields(madeWords)
	symbol, err := draw(len(madeSymbols))
	if err != nil {
		return "", err
	}
	separator := madeSymbols[symbol : symbol+1]
	var b strings.Builder
	for n := 0; n < 3 || b.Len()+5 < length; n++ {
		i, err := draw(len(words))
		if err != nil {
			return "", err
		}
		b.WriteString(english.Own(words[i]).Capital() + separator)
	}
	for range 4 {
		i, err := draw(len(madeDigits))
		if err != nil {
			return "", err
		}
		b.WriteByte(madeDigits[i])
	}
	return b.String(), nil
}

func draw(n int) (int, error) {
	i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		return 0, err
	}
	return int(i.Int64()), nil
}

// Phonetic spells a secret for the telephone, one word for each character:
// "Tango (capital)", "alfa", "seven", "hyphen". Letters are in the alphabet of
// the ICAO.
func Phonetic(s models.Secret) []string {
	text := s.Reveal()
	spelled := make([]string, 0, utf8.RuneCountInString(text))
	for _, r := range text {
		spelled = append(spelled, phoneticOf(r))
	}
	return spelled
}

func phoneticOf(r rune) string {
	letters := strings.Fields(phoneticLetters)
	switch {
	case r >= 'a' && r <= 'z':
		return letters[r-'a']
	case r >= 'A' && r <= 'Z':
		return english.Own(letters[r-'A']).Capital() + " (capital)"
	case r >= '0' && r <= '9':
		return strings.Fields(phoneticDigits)[r-'0']
	}
	if name := symbolName(r); name != "" {
		return name
	}
	if unicode.IsUpper(r) {
		return string(r) + " (capital)"
	}
	return string(r)
}

const (
	phoneticLetters = `alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november
		oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu`
	phoneticDigits = "zero one two three four five six seven eight nine"
)

// symbolName is what a symbol is called; "" for one without a name here.
func symbolName(r rune) string {
	const symbols = ` !"#$%&'()*+,-./:;<=>?@[\]^_` + "`{|}~"
	names := []string{
		"space", "exclamation mark", "double quote", "hash", "dollar", "percent", "ampersand", "apostrophe",
		"open bracket", "close bracket", "asterisk", "plus", "comma", "hyphen", "dot", "slash", "colon", "semicolon",
		"less than", "equals", "greater than", "question mark", "at sign", "open square bracket", "backslash",
		"close square bracket", "caret", "underscore", "backtick", "open brace", "vertical bar", "close brace", "tilde",
	}
	if i := strings.IndexRune(symbols, r); i >= 0 {
		return names[i]
	}
	return ""
}

// madeWords are for made passwords: short, known to everybody, spelled as they
// sound, without the letter l, which looks like 1 and I, and none beginning
// with i or o, whose capitals look like 1 and 0.
const madeWords = `
acorn amber anchor animate apron arrow artist august aunt autumn avenue awake baker bamboo banner
barn baron basin basket beach beard beaver bench berry bingo bird biscuit bishop board boat bonus
border bottom bread breeze brick bridge bronze brook brother brush bucket buffet bunker butter
button cabin canary candy canyon carbon career carpet carrot cart cedar cement center charm cherry
chess chest cider cinema circus citrus coast cobra comet concert copper corner cosmic cotton cousin
cover crane crayon cricket crown curtain custom cyan dancer dapper dawn deer desert diner dinner
doctor donkey dragon drama dream driver drum duchess dune eager earth east echo energy engine escort
even evening event expert fabric factor famous farmer father faucet feather fence fern ferry fiber
finch finger forest fork frost garden gate gecko giant ginger goose grain granite grape grass
gravity grocer guest guitar hammer hamster harbor harvest hawk heart hedge herb hiker honest honey
hornet horse hunter jacket jaguar jasmine jeans journey joyous juice jumper june jury karate kayak
ketchup kimono kitchen kitten magic magnet mango manor market mason master meadow medium menu minute
mirror mitten mother motor mountain museum music mustard nature navy nectar nephew newton north
number nurse packet panda paper parade parent parrot pastry peach peanut pepper person phone piano
picnic pigeon pine pirate pocket poet pony prince pumpkin puppet queen quince rabbit racer radar
radio rain ranger raven reason record reindeer reward ribbon rider river road robin rocket romance
rooster rosemary rubber runner sandwich saturn sauce season senate seven shadow sheep sherbet ship
shore shower sister skater snow soap soccer sonar spice spider spring square stamp station stereo
stone storm stream street summer sunset supper surfer sweater swimmer tango tanker tartan teacher
tennis thunder ticket timber toast tomato topaz tower tractor trader train tropic trumpet tuna
turnip twenty umpire under unicorn union vacant vanity vase vector veranda victor vine vintage visit
voice voyage wagon waiter warm water weather west wheat whisper window winter wisdom wonder worker
yacht yard yarn year yeast yogurt young zebra zenith`
