import GuaranteeModel
import Testing

@Suite("Guarantee reference numbers")
struct GRNTests {
    @Test(
        "Check digits of HMRC's published data fit",
        arguments: [
            "23GB0000010000854", "23GB0000010000863", "23GB0000010000872", "23XI0000010000655", "23XI0000010000664",
            "22GB0000010000313", "22XI00000100002X7", "20GB0000010000GX1", "05DE3300BE0001067A001017",
        ])
    func validCheckDigit(_ text: String) {
        #expect(GRN(text).isWellFormed)
        #expect(GRN(text).hasValidCheckDigit == true)
    }

    @Test(
        "HMRC's own documents show numbers whose check digit fails",
        arguments: [
            "23GB0123456789AB2", "21GB3300BE0001067A001017",
        ])
    func invalidCheckDigit(_ text: String) {
        #expect(GRN(text).isWellFormed)
        #expect(GRN(text).hasValidCheckDigit == false)
    }

    @Test("One other digit in place of the check digit never fits", arguments: 0...9)
    func onlyOneDigitFits(_ digit: Int) {
        #expect(GRN("23GB000001000085\(digit)").hasValidCheckDigit == (digit == 4))
    }

    @Test("Each letter's value skips the multiples of 11", arguments: Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    func letterValues(_ letter: Character) throws {
        var value = 10
        for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            if value % 11 == 0 { value += 1 }
            if other == letter { break }
            value += 1
        }
        // The letter stands at position 4; the country's G and B add theirs at 2 and 3.
        let digit = (17 * 4 + 12 * 8 + value * 16) % 11 % 10
        #expect(GRN("00GB\(letter)00000000000\(digit)").hasValidCheckDigit == true)
        #expect(GRN("00GB\(letter)00000000000\((digit + 1) % 10)").hasValidCheckDigit == false)
    }

    @Test(
        "What has not the form has no check digit",
        arguments: [
            "", "2", "23GB000001000085", "23GB00000100008544", "23gb0000010000854", "2XGB0000010000854",
            "23GB000001000085X",
            "23GB000001000085é", "23GB0000010000854a001017", "23GB0000010000854AA01017", "23GB0000010000854A00101",
            "23GB 000010000854", "23GB0000010000854\n", "٢٣GB0000010000854",
        ])
    func malformed(_ text: String) {
        #expect(!GRN(text).isWellFormed)
        #expect(GRN(text).hasValidCheckDigit == nil)
    }

    @Test("The country is the two letters behind the year")
    func country() {
        #expect(GRN("23XI0000010000655").country == "XI")
        #expect(GRN("23gb").country == "gb")
        #expect(GRN("23G").country == nil)
    }

    @Test("A number stays as it was spelled, and is told from another spelling")
    func spelling() {
        #expect(GRN("23gb0000010000854").text == "23gb0000010000854")
        #expect(GRN("23gb0000010000854") != GRN("23GB0000010000854"))
    }
}
